package dev.hologrid.gateway.control;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A way to reach devices. Safe for use by many threads; returns at once. */
public interface CommandLine {
  /** Whether this is the way to reach the device. */
  boolean reaches(String device);

  /** What is wrong with a command, or null. */
  @Nullable Wrong wrong(String name, JsonNode params);

  /**
   * Hands a command over.
   *
   * @return false when the device is not there to take it
   */
  boolean send(DeviceCommand command, Progress progress);

  /**
   * A mistake of whoever gives the command.
   *
   * @param field {@code command} or a field of {@code params}
   */
  record Wrong(String field, String why) {}

  /** What is heard of a command afterwards; from any thread, perhaps more than once. */
  interface Progress {
    /** The device has it. */
    void delivered();

    /** The device says how it went. */
    void answered(boolean ok, JsonNode answer);
  }
}
