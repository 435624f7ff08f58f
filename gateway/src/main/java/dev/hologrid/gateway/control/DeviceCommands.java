package dev.hologrid.gateway.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hologrid.gateway.audit.Decision;
import dev.hologrid.gateway.audit.SecurityAudit;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Gives commands to devices and remembers the last {@value #MOST}: in memory, so that after a
 * restart only the audit journal knows who gave which. Safe for use by many threads.
 */
public final class DeviceCommands {
  static final int MOST = 2_000;

  private final InstantSource clock;
  private final SecurityAudit audit;
  private final List<CommandLine> lines = new CopyOnWriteArrayList<>();
  private final Map<String, DeviceCommand> commands = new LinkedHashMap<>();

  public DeviceCommands(InstantSource clock, SecurityAudit audit) {
    this.clock = clock;
    this.audit = audit;
  }

  /** Adds a way to reach devices; the first that reaches one is taken. */
  public void add(CommandLine line) {
    lines.add(line);
  }

  /** What became of the wish to give a command. */
  public sealed interface Given {}

  /** It is on its way. */
  public record Sent(DeviceCommand command) implements Given {}

  /** The device is not there to take it; nothing waits for it. */
  public record Absent() implements Given {}

  /** Nobody can carry out what was asked for. */
  public record Refused(CommandLine.Wrong wrong) implements Given {}

  /**
   * A wish.
   *
   * @param name one word
   * @param within how long the device has to answer
   * @param by who wishes
   * @param from the address of that person
   */
  public record Wish(
      String device, String name, JsonNode params, Duration within, String by, String from) {}

  public Given give(Wish wish) {
    CommandLine line =
        lines.stream().filter(each -> each.reaches(wish.device())).findFirst().orElse(null);
    if (line == null) {
      return new Absent();
    }
    CommandLine.Wrong wrong = line.wrong(wish.name(), wish.params());
    if (wrong != null) {
      return new Refused(wrong);
    }
    long now = clock.millis();
    DeviceCommand command =
        new DeviceCommand(
            UUID.randomUUID().toString(),
            wish.device(),
            wish.name(),
            wish.params(),
            wish.by(),
            now,
            now + wish.within().toMillis(),
            DeviceCommand.State.SENT,
            0,
            0,
            null);
    keep(command);
    if (!line.send(command, progress(command.id()))) {
      forget(command.id());
      return new Absent();
    }
    audit.note(
        new Decision(
            "command-sent",
            wish.by(),
            wish.from(),
            wish.name() + " to " + wish.device() + ", " + command.id()));
    return new Sent(command);
  }

  private synchronized void keep(DeviceCommand command) {
    commands.put(command.id(), command);
    if (commands.size() > MOST) {
      commands.remove(commands.keySet().iterator().next());
    }
  }

  private synchronized void forget(String id) {
    commands.remove(id);
  }

  private CommandLine.Progress progress(String id) {
    return new CommandLine.Progress() {
      @Override
      public void delivered() {
        DeviceCommands.this.delivered(id);
      }

      @Override
      public void answered(boolean ok, JsonNode answer) {
        DeviceCommands.this.answered(id, ok, answer);
      }
    };
  }

  private synchronized void delivered(String id) {
    DeviceCommand known = now(commands.get(id));
    if (known != null && known.state() == DeviceCommand.State.SENT) {
      commands.put(id, known.delivered(clock.millis()));
    }
  }

  /** Takes the first answer that comes in time; false for any other. */
  private synchronized boolean answered(String id, boolean ok, JsonNode answer) {
    DeviceCommand known = now(commands.get(id));
    if (known == null || !known.state().open()) {
      return false;
    }
    commands.put(id, known.answered(ok, answer, clock.millis()));
    return true;
  }

  /**
   * Takes a device's answer.
   *
   * @return false when the device was not asked, or has answered, or answers too late
   */
  boolean answer(String device, String id, boolean ok, JsonNode answer) {
    DeviceCommand known = find(id);
    return known != null && known.device().equals(device) && answered(id, ok, answer);
  }

  /** The command as it is now, or null when it is not known (any more). */
  public synchronized @Nullable DeviceCommand find(String id) {
    return now(commands.get(id));
  }

  /** The device's commands, the latest first. */
  public synchronized List<DeviceCommand> of(String device, int most) {
    List<DeviceCommand> found = new ArrayList<>();
    for (DeviceCommand each : commands.values()) {
      if (each.device().equals(device)) {
        found.addFirst(each);
      }
    }
    return found.stream().limit(most).map(DeviceCommands.this::now).toList();
  }

  private @Nullable DeviceCommand now(@Nullable DeviceCommand command) {
    return command != null && command.state().open() && clock.millis() >= command.endsAt()
        ? command.unanswered()
        : command;
  }
}
