/** Simulated dispatchers and grid officers who work over the gateway's HTTP API. */
@NullMarked
package dev.hologrid.simulator.officers;

import org.jspecify.annotations.NullMarked;
