/** Readings in a time-series database, and the questions asked of it. */
@NullMarked
package dev.hologrid.gateway.archive;

import org.jspecify.annotations.NullMarked;
