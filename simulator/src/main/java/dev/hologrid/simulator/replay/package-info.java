/** Recorded traffic, published again at any speed. */
@NullMarked
package dev.hologrid.simulator.replay;

import org.jspecify.annotations.NullMarked;
