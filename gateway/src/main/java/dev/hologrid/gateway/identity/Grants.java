package dev.hologrid.gateway.identity;

import dev.hologrid.gateway.source.endpoint.TopicFilter;

/** What a device may publish and subscribe to. Allocates nothing; called for each message. */
final class Grants {
  static final String COMMANDS = "hologrid/v1/commands/";
  private static final String OWN = "hologrid/v1/";
  private static final String STATUS = "/status";
  private static final String ANSWERS = "/answers/";

  /** Topics of payload forms that leave the name of the device to the connection. */
  private static final String THINGSBOARD_DEVICE = "v1/devices/me/";

  private Grants() {}

  static boolean publish(DeviceAccount account, String topic) {
    if (topic.startsWith(COMMANDS)) {
      return answer(account, topic);
    }
    if (topic.startsWith(OWN)) {
      return own(account, topic);
    }
    if (topic.startsWith(THINGSBOARD_DEVICE)) {
      return true;
    }
    if (topic.startsWith("$")) {
      return false;
    }
    for (int i = 0; i < account.topics().size(); i++) {
      if (TopicFilter.matches(account.topics().get(i), topic)) {
        return true;
      }
    }
    return false;
  }

  /** {@code hologrid/v1/commands/{device}/answers/…}. */
  private static boolean answer(DeviceAccount account, String topic) {
    int device = COMMANDS.length();
    return topic.startsWith(account.device(), device)
        && topic.startsWith(ANSWERS, device + account.device().length());
  }

  /** {@code hologrid/v1/{kind}/{device}[/status]}. */
  private static boolean own(DeviceAccount account, String topic) {
    int kind = OWN.length();
    int slash = topic.indexOf('/', kind);
    if (slash < 0) {
      return false;
    }
    String wanted = account.kind();
    boolean kindFits =
        wanted.isEmpty() || slash - kind == wanted.length() && topic.startsWith(wanted, kind);
    int device = slash + 1;
    int end = device + account.device().length();
    return kindFits
        && topic.startsWith(account.device(), device)
        && (topic.length() == end
            || topic.length() == end + STATUS.length() && topic.startsWith(STATUS, end));
  }

  /** A device's own commands, and nothing else. */
  static boolean subscribe(DeviceAccount account, String filter) {
    String own = COMMANDS + account.device();
    return filter.equals(own) || filter.equals(own + "/#") || filter.startsWith(own + "/");
  }
}
