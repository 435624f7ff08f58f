/** Bounded fan-out of live events to viewers. */
@NullMarked
package dev.hologrid.gateway.stream;

import org.jspecify.annotations.NullMarked;
