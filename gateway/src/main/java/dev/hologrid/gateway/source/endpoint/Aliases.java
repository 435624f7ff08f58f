package dev.hologrid.gateway.source.endpoint;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The topic aliases of one connection and one direction (MQTT 5.0, section 3.3.2.3.4). Confined to
 * the connection's event loop.
 */
final class Aliases {
  /** How many each side may use; also what is announced. */
  static final int MOST = 16;

  /**
   * Of a topic that has an alias, so that aliases cost a connection no more than this times MOST.
   */
  static final int LONGEST_TOPIC = 256;

  private final Map<Integer, String> topics = new HashMap<>(0);
  private final Map<String, Integer> numbers = new HashMap<>(0);
  private final int most;

  /**
   * @param most aliases that the other side takes; more than {@link #MOST} are not made
   */
  Aliases(long most) {
    this.most = (int) Math.min(most, MOST);
  }

  /** Whether there may be such an alias. */
  static boolean valid(long number) {
    return number >= 1 && number <= MOST;
  }

  /** What stands for the topic from now on. */
  void put(int number, String topic) {
    topics.put(number, topic);
  }

  @Nullable String topic(int number) {
    return topics.get(number);
  }

  /** The number that the other side knows for the topic, or null. */
  @Nullable Integer known(String topic) {
    return numbers.get(topic);
  }

  /** Gives a topic a number, if there is one left. */
  @Nullable Integer make(String topic) {
    if (numbers.size() >= most || topic.length() > LONGEST_TOPIC) {
      return null;
    }
    int number = numbers.size() + 1;
    numbers.put(topic, number);
    return number;
  }
}
