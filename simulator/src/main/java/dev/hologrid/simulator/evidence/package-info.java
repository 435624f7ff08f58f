/**
 * What is left after a fault, and whether the invariants I1 to I12 hold in it: read from files and
 * databases, not asked from the server.
 */
@NullMarked
package dev.hologrid.simulator.evidence;

import org.jspecify.annotations.NullMarked;
