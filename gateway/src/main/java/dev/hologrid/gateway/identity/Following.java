package dev.hologrid.gateway.identity;

import dev.hologrid.gateway.incident.Role;
import dev.hologrid.gateway.source.endpoint.DeviceGate;
import dev.hologrid.gateway.source.endpoint.Subscriptions;
import java.util.List;

/**
 * Who may subscribe to what at the built-in endpoint: a device to its own commands, staff's
 * programs to alerts and incidents, and whoever is on the machine, where nobody is asked, to both.
 */
public record Following() implements Subscriptions {
  public static final String ALERTS = "hologrid/v1/alerts";
  public static final String INCIDENTS = "hologrid/v1/incidents";

  @Override
  public boolean allows(DeviceGate.Admitted who, String filter) {
    return switch (who) {
      case DevicePass device -> device.maySubscribe(filter);
      case PersonPass program -> staff(program) && happenings(filter);
      case AnonymousPass anybody -> happenings(filter) || commands(filter);
      default -> false;
    };
  }

  private static boolean staff(PersonPass program) {
    return program.person().roles().stream().anyMatch(each -> each != Role.RESIDENT);
  }

  private static boolean happenings(String filter) {
    return within(filter, ALERTS) || within(filter, INCIDENTS);
  }

  private static boolean within(String filter, String topic) {
    return filter.equals(topic) || filter.startsWith(topic + "/");
  }

  /** One device's, named in full. */
  private static boolean commands(String filter) {
    String rest =
        filter.startsWith(Grants.COMMANDS) ? filter.substring(Grants.COMMANDS.length()) : "";
    return !rest.isEmpty() && !rest.startsWith("+") && !rest.startsWith("#");
  }

  /** May it see what happens at a place, given by its path from the root? */
  public static boolean sees(DeviceGate.Admitted who, List<String> path) {
    return switch (who) {
      case PersonPass program -> staff(program) && program.person().covers(path);
      case AnonymousPass anybody -> true;
      default -> false;
    };
  }
}
