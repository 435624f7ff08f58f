/** Asks other servers what they can do, before anybody relies on them. */
@NullMarked
package dev.hologrid.simulator.doctor;

import org.jspecify.annotations.NullMarked;
