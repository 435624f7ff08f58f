/** The built-in MQTT endpoint: devices connect straight to it. It is no general broker. */
@NullMarked
package dev.hologrid.gateway.source.endpoint;

import org.jspecify.annotations.NullMarked;
