package dev.hologrid.gateway.alerting;

import dev.hologrid.rules.Device;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Severity;
import dev.hologrid.rules.alert.Alert;
import dev.hologrid.rules.alert.AlertEvent;
import dev.hologrid.rules.alert.AlertId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A small engine that shares no code with the real one: a value over 0.5 for 5 s is {@code high}; a
 * device not heard for 60 s is {@code silent}. Its state is text.
 */
final class ToyEngine implements Engine {
  static final long HELD = 5_000;
  static final long SILENT = 60_000;

  /** Makes toy engines of rules that must contain the word "good". */
  static final class Maker implements Engine.Maker {
    @Override
    public List<RuleText> beside(List<RuleText> own) {
      return Stream.concat(Stream.of(new RuleText("toy", "good")), own.stream()).toList();
    }

    @Override
    public Made make(List<RuleText> rules, byte @Nullable [] snapshot) {
      List<String> issues = issues(rules);
      if (!issues.isEmpty()) {
        return new Made(null, issues);
      }
      ToyEngine engine = new ToyEngine();
      if (snapshot != null) {
        new String(snapshot, StandardCharsets.UTF_8).lines().forEach(engine::restore);
      }
      return Made.of(engine);
    }

    @Override
    public List<String> replace(Engine engine, List<RuleText> rules, Sink sink) {
      return issues(rules);
    }

    private static List<String> issues(List<RuleText> rules) {
      return rules.stream()
          .filter(each -> !each.text().contains("good"))
          .map(each -> each.name() + ":1:1: error: not good")
          .toList();
    }
  }

  @Override
  public List<RunningRule> rules() {
    return List.of(new RunningRule("high", "toy", "1", "major", "TOY", "toy", 1, "good"));
  }

  private static final class State {
    long since = -1;
    long offset = -1;
    long firing;
    long heard;
    long heardOffset;
    boolean silent;
  }

  private final Map<String, State> states = new TreeMap<>();
  private long now;

  private void restore(String line) {
    String[] cells = line.split(" ", -1);
    State state = new State();
    state.since = Long.parseLong(cells[1]);
    state.offset = Long.parseLong(cells[2]);
    state.firing = Long.parseLong(cells[3]);
    state.heard = Long.parseLong(cells[4]);
    state.heardOffset = Long.parseLong(cells[5]);
    state.silent = Boolean.parseBoolean(cells[6]);
    now = Long.parseLong(cells[7]);
    states.put(cells[0], state);
  }

  @Override
  public byte[] snapshot() {
    StringBuilder text = new StringBuilder();
    states.forEach(
        (id, s) ->
            text.append(id + " " + s.since + " " + s.offset + " " + s.firing + " " + s.heard)
                .append(" " + s.heardOffset + " " + s.silent + " " + now + "\n"));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void place(Device device) {}

  @Override
  public void accept(Reading reading, Sink sink) {
    if (reading.device().equals("defect")) {
      throw new IllegalStateException("a defect");
    }
    State state = states.computeIfAbsent(reading.device(), id -> new State());
    long at = reading.time();
    if (state.silent) {
      state.silent = false;
      say(sink, "silent", reading.device(), state.heardOffset, state.heard, at, reading);
    }
    state.heard = at;
    state.heardOffset = reading.offset();
    boolean high = reading.numbers()[0] > 0.5;
    if (!high) {
      if (state.firing > 0) {
        say(sink, "high", reading.device(), state.offset, state.firing, at, reading);
      }
      state.since = -1;
      state.firing = 0;
    } else if (state.since < 0) {
      state.since = at;
      state.offset = reading.offset();
    } else if (state.firing == 0 && at - state.since >= HELD) {
      state.firing = at;
      say(sink, "high", reading.device(), state.offset, at, null, reading);
    }
  }

  @Override
  public void advance(long to, Sink sink) {
    now = Math.max(now, to);
    for (Map.Entry<String, State> each : new ArrayList<>(states.entrySet())) {
      State state = each.getValue();
      if (!state.silent && now - state.heard >= SILENT) {
        state.silent = true;
        sink.accept(
            event(
                "silent",
                each.getKey(),
                state.heardOffset,
                state.heard,
                null,
                state.heard + SILENT));
      }
    }
  }

  private static void say(
      Sink sink,
      String rule,
      String device,
      long activation,
      long started,
      @Nullable Long ended,
      Reading by) {
    AlertEvent event = event(rule, device, activation, started, ended, by.time());
    sink.accept(new AlertEvent(event.kind(), event.alert(), event.at(), by.receivedAt()));
  }

  private static AlertEvent event(
      String rule, String device, long activation, long started, @Nullable Long ended, long at) {
    return new AlertEvent(
        ended == null ? AlertEvent.Kind.RAISED : AlertEvent.Kind.CLEARED,
        new Alert(
            new AlertId(rule, device, activation),
            Severity.MAJOR,
            "TEST",
            "",
            started,
            ended,
            1,
            Map.of(),
            Map.of("summary", rule),
            List.of(),
            "1"),
        at,
        at);
  }
}
