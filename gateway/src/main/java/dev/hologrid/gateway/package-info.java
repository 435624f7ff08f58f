/** The server: where the parts are made and joined. */
@NullMarked
package dev.hologrid.gateway;

import org.jspecify.annotations.NullMarked;
