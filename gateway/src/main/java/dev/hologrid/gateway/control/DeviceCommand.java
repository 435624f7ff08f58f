package dev.hologrid.gateway.control;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One command to one device, and how far it is. Immutable.
 *
 * @param name what to do, one word, for example {@code mute}
 * @param params a JSON object
 * @param by who gave it
 * @param at epoch milliseconds UTC
 * @param endsAt from then on it is not sent any more, and no answer counts
 * @param deliveredAt when the device acknowledged it; 0: it has not
 * @param answeredAt when the device answered; 0: it has not
 * @param answer what it said
 */
public record DeviceCommand(
    String id,
    String device,
    String name,
    JsonNode params,
    String by,
    long at,
    long endsAt,
    State state,
    long deliveredAt,
    long answeredAt,
    @Nullable JsonNode answer) {

  /** How far it is. */
  public enum State {
    /**
     * Handed to the device's session; it may be on its way, or wait for the device to come back.
     */
    SENT,
    /** The device has acknowledged it. */
    DELIVERED,
    /** The device says that it is done. */
    DONE,
    /** The device says that it could or would not. */
    FAILED,
    /** No answer in time. */
    UNANSWERED;

    boolean open() {
      return this == SENT || this == DELIVERED;
    }
  }

  DeviceCommand delivered(long now) {
    return new DeviceCommand(
        id, device, name, params, by, at, endsAt, State.DELIVERED, now, answeredAt, answer);
  }

  DeviceCommand answered(boolean ok, JsonNode said, long now) {
    State end = ok ? State.DONE : State.FAILED;
    return new DeviceCommand(id, device, name, params, by, at, endsAt, end, deliveredAt, now, said);
  }

  DeviceCommand unanswered() {
    return new DeviceCommand(
        id, device, name, params, by, at, endsAt, State.UNANSWERED, deliveredAt, 0, null);
  }
}
