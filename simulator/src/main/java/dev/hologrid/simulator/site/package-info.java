/** The site files: places, devices and people of a district, as docs/wire-format/site.md says. */
@NullMarked
package dev.hologrid.simulator.site;

import org.jspecify.annotations.NullMarked;
