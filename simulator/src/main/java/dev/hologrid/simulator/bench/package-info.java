/** Benchmarks of a whole gateway beside its peers. */
@NullMarked
package dev.hologrid.simulator.bench;

import org.jspecify.annotations.NullMarked;
