package dev.hologrid.simulator.fleet;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** A door controller. A credential is a keyed hash, never a card number or a name. */
final class Door implements Behaviour {
  private static final int CREDENTIALS = 500;
  private static final double DENIED = 0.02;

  static Map<String, Object> event(String event) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("event", event);
    values.put("door", "A");
    return values;
  }

  static Map<String, Object> pass(String event, int credential) {
    Map<String, Object> values = event(event);
    values.put("credential", "c" + Integer.toHexString(0x5eed0000 + credential * 7919));
    return values;
  }

  @Override
  public Map<String, Object> routine(long now, SplittableRandom random) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("battery", 100);
    values.put("rssi", random.nextInt(-75, -45));
    return values;
  }

  @Override
  public Map<String, Object> ordinary(SplittableRandom random) {
    boolean denied = random.nextDouble() < DENIED;
    return pass(denied ? "denied" : "granted", random.nextInt(CREDENTIALS));
  }
}
