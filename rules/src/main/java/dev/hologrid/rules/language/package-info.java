/** The rule language: YAML and CEL in, a checked rule set or located issues out. */
@NullMarked
package dev.hologrid.rules.language;

import org.jspecify.annotations.NullMarked;
