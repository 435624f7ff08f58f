/** Fixtures that start the real thing and clients that read it. */
@NullMarked
package dev.hologrid.gateway.testing;

import org.jspecify.annotations.NullMarked;
