/** Makes a schematic district: nested polygons without gaps, buildings, devices and people. */
@NullMarked
package dev.hologrid.simulator.district;

import org.jspecify.annotations.NullMarked;
