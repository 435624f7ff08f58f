package dev.hologrid.gateway.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.hologrid.gateway.source.Inbox;
import dev.hologrid.gateway.source.SourceMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Takes devices' answers to commands out of what comes in: {@code
 * hologrid/v1/commands/{device}/answers/{command}}, a JSON object in which {@code "ok": false} says
 * that it went wrong, or anything else, which is taken for text. They are no readings, are kept
 * with their command only, and acknowledged at once.
 */
public record CommandAnswers(Inbox next, DeviceCommands commands) implements Inbox {
  /** Of the topics of all commands. */
  public static final String COMMANDS = "hologrid/v1/commands/";

  /** Between the device and the command. */
  public static final String ANSWERS = "/answers/";

  private static final int LONGEST = 4 << 10;
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(16).maxNumberLength(64).build())
              .build());

  /** Where the answer to a command goes. */
  public static String topic(DeviceCommand command) {
    return COMMANDS + command.device() + ANSWERS + command.id();
  }

  @Override
  public void put(SourceMessage message) {
    String topic = message.topic();
    int answers = topic.startsWith(COMMANDS) ? topic.indexOf(ANSWERS, COMMANDS.length()) : -1;
    if (answers < 0) {
      next.put(message);
      return;
    }
    JsonNode answer = read(message.payload());
    commands.answer(
        topic.substring(COMMANDS.length(), answers),
        topic.substring(answers + ANSWERS.length()),
        answer.path("ok").asBoolean(true),
        answer);
    message.ack().stored();
  }

  private static JsonNode read(byte[] payload) {
    if (payload.length <= LONGEST) {
      try {
        JsonNode node = MAPPER.readTree(payload);
        if (node.isObject()) {
          return node;
        }
      } catch (IOException e) {
        // text then
      }
    }
    return TextNode.valueOf(
        new String(payload, 0, Math.min(payload.length, LONGEST), StandardCharsets.UTF_8));
  }

  @Override
  public boolean ready() {
    return next.ready();
  }
}
