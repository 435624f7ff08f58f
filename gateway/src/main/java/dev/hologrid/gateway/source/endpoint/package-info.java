/** The built-in MQTT endpoint: takes telemetry in; not a general broker. */
@NullMarked
package dev.hologrid.gateway.source.endpoint;

import org.jspecify.annotations.NullMarked;
