/** The grid tree: district, town, community, grid, building, floor, device. */
@NullMarked
package dev.hologrid.gateway.site;

import org.jspecify.annotations.NullMarked;
