/** Other programs as children of ours: the gateway, Mosquitto, and more simulators. */
@NullMarked
package dev.hologrid.simulator.process;

import org.jspecify.annotations.NullMarked;
