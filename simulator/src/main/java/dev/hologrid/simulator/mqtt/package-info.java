/** A lean MQTT 3.1.1 client: one TCP connection a device costs a few kilobytes. */
@NullMarked
package dev.hologrid.simulator.mqtt;

import org.jspecify.annotations.NullMarked;
