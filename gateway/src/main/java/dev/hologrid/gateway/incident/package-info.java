/** Incidents: decide, append, apply. Commands and alerts become events or a named refusal. */
@NullMarked
package dev.hologrid.gateway.incident;

import org.jspecify.annotations.NullMarked;
