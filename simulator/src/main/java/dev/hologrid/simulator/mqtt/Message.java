package dev.hologrid.simulator.mqtt;

import java.util.Locale;

/**
 * One QoS 1 message of one device.
 *
 * @param seq counts the device's messages from 1
 * @param time the event time in its payload, epoch milliseconds; 0 for a status
 * @param sort what the device itself makes of it
 */
public record Message(
    String device, long seq, long time, byte[] topic, byte[] payload, boolean retained, Sort sort) {

  /** What a message says to whoever waits for alarms. */
  public enum Sort {
    NORMAL,
    ALARM_ON,
    ALARM_OFF,
    STATUS;

    /** As the ledger writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** One that begins and ends no alarm. */
  public Message(
      String device, long seq, long time, byte[] topic, byte[] payload, boolean retained) {
    this(device, seq, time, topic, payload, retained, time == 0 ? Sort.STATUS : Sort.NORMAL);
  }
}
