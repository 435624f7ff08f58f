package dev.hologrid.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hologrid.gateway.control.CommandLine;
import dev.hologrid.gateway.control.DeviceCommand;
import dev.hologrid.gateway.source.firepanel.PanelCommands;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Commands to fire panels (GB/T 26875.3): {@code duty-check} (查岗) with {@code minutes}, {@code
 * set-clock}, and {@code read} with {@code what} and {@code object} in hexadecimal digits. What a
 * panel reads out comes in as readings.
 */
record PanelCommandLine(PanelCommands panels) implements CommandLine {
  private static final String PANEL = "panel-";
  private static final int LONGEST_MINUTES = 60;
  private static final int DEFAULT_MINUTES = 5;

  @Override
  public boolean reaches(String device) {
    return device.startsWith(PANEL);
  }

  @Override
  public @Nullable Wrong wrong(String name, JsonNode params) {
    return switch (name) {
      case "set-clock" -> null;
      case "duty-check" -> minutes(params) < 1 ? new Wrong("params.minutes", "1 to 60") : null;
      case "read" -> wrongRead(params);
      default ->
          new Wrong("command", "a fire panel knows duty-check, set-clock and read, not " + name);
    };
  }

  private static int minutes(JsonNode params) {
    JsonNode said = params.path("minutes");
    int minutes = said.isMissingNode() ? DEFAULT_MINUTES : said.isInt() ? said.intValue() : 0;
    return minutes > LONGEST_MINUTES ? 0 : minutes;
  }

  private static @Nullable Wrong wrongRead(JsonNode params) {
    PanelCommands.Read what = what(params);
    if (what == null) {
      return new Wrong(
          "params.what", "what must be one of " + Arrays.toString(PanelCommands.Read.values()));
    }
    byte[] object = object(params);
    return object == null || object.length != what.size()
        ? new Wrong("params.object", "object must be " + 2 * what.size() + " hexadecimal digits")
        : null;
  }

  private static PanelCommands.@Nullable Read what(JsonNode params) {
    String word = params.path("what").asText("").toUpperCase(Locale.ROOT).replace('-', '_');
    for (PanelCommands.Read each : PanelCommands.Read.values()) {
      if (each.name().equals(word)) {
        return each;
      }
    }
    return null;
  }

  private static byte @Nullable [] object(JsonNode params) {
    try {
      return HexFormat.of().parseHex(params.path("object").asText(""));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public boolean send(DeviceCommand command, Progress progress) {
    String panel = command.device().substring(PANEL.length());
    if (!panels.connected().contains(panel)) {
      return false;
    }
    ask(panel, command)
        .onSuccess(
            outcome -> {
              boolean ok = outcome == PanelCommands.Outcome.DONE;
              if (outcome != PanelCommands.Outcome.UNANSWERED) {
                String word = outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
                progress.answered(ok, JsonNodeFactory.instance.objectNode().put("outcome", word));
              }
            });
    return true;
  }

  private Future<PanelCommands.Outcome> ask(String panel, DeviceCommand command) {
    JsonNode params = command.params();
    PanelCommands.Read what = what(params);
    byte[] object = object(params);
    if (command.name().equals("read") && what != null && object != null) {
      return panels.read(panel, what, object);
    }
    return command.name().equals("set-clock")
        ? panels.setClock(panel)
        : panels.dutyCheck(panel, minutes(params));
  }
}
