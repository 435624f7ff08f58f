/** From payloads to readings, by topic. */
@NullMarked
package dev.hologrid.gateway.decode;

import org.jspecify.annotations.NullMarked;
