/** The simulator's commands. It shares no code with the gateway: both obey docs/wire-format. */
@NullMarked
package dev.hologrid.simulator;

import org.jspecify.annotations.NullMarked;
