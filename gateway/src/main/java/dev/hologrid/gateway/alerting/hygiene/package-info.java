/** Is the rule set any good? The alarm system measured as EEMUA 191 and ISA-18.2 measure theirs. */
@NullMarked
package dev.hologrid.gateway.alerting.hygiene;

import org.jspecify.annotations.NullMarked;
