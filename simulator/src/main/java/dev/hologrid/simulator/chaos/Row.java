package dev.hologrid.simulator.chaos;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What became of one fault.
 *
 * @param tried how often it was injected; 0 when it could not be, which counts as nothing
 * @param survived how often the gateway was well again afterwards and every invariant held
 * @param lost acknowledged messages that are not stored, and alarms without alert or incident
 * @param doubled alerts or incidents that are there too often
 * @param recoverySeconds the longest time until it was well again
 * @param note what the figures leave out; in the JSON only as {@link #notRun}
 */
record Row(
    String fault,
    int tried,
    int survived,
    long lost,
    long doubled,
    double recoverySeconds,
    @JsonIgnore String note) {

  static Row notRun(String fault, String needs) {
    return new Row(fault, 0, 0, 0, 0, 0, "not run: needs " + needs);
  }

  /** Why it could not be injected; null when it was. */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Nullable String notRun() {
    return tried == 0 ? note : null;
  }

  boolean ran() {
    return tried > 0;
  }

  boolean good() {
    return survived == tried && lost == 0 && doubled == 0;
  }
}
