/** The main job, end to end, with real clients. */
@NullMarked
package dev.hologrid.gateway.endtoend;

import org.jspecify.annotations.NullMarked;
