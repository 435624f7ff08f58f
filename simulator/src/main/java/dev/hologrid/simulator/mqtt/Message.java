package dev.hologrid.simulator.mqtt;

/**
 * One QoS 1 message of one device.
 *
 * @param seq counts the device's messages from 1
 * @param time the event time in its payload, epoch milliseconds; 0 for a status
 */
public record Message(
    String device, long seq, long time, byte[] topic, byte[] payload, boolean retained) {}
