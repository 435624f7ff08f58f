/** Devices that behave like smoke detectors, cameras and doors, and the scenario they play. */
@NullMarked
package dev.hologrid.simulator.fleet;

import org.jspecify.annotations.NullMarked;
