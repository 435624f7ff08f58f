/**
 * Messages of an external MQTT broker, by Eclipse Paho. What Paho gets wrong, and what is done
 * about it here, is in RATIONALE.md beside this file.
 */
@NullMarked
package dev.hologrid.gateway.source.broker;

import org.jspecify.annotations.NullMarked;
