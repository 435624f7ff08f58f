/** The durable log of what was received, and its followers. */
@NullMarked
package dev.hologrid.gateway.journal;

import org.jspecify.annotations.NullMarked;
