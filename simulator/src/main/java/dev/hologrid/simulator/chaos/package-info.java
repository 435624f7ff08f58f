/** Fault campaigns: something is broken on purpose under load, and the ledger says what it cost. */
@NullMarked
package dev.hologrid.simulator.chaos;

import org.jspecify.annotations.NullMarked;
