/** Time limits: clock kinds, the work calendar with its holidays and make-up days. Pure. */
@NullMarked
package dev.hologrid.gateway.incident.sla;

import org.jspecify.annotations.NullMarked;
