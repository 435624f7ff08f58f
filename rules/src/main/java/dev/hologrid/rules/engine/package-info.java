/** Runs a rule set over readings: one thread, no clock of its own, the same alerts each time. */
@NullMarked
package dev.hologrid.rules.engine;

import org.jspecify.annotations.NullMarked;
