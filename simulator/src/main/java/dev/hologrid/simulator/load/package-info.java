/**
 * Load: a publisher that is never the limit, subscribers that count, and a server that only acks.
 */
@NullMarked
package dev.hologrid.simulator.load;

import org.jspecify.annotations.NullMarked;
