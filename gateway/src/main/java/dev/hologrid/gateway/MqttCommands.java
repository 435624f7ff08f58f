package dev.hologrid.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.control.CommandAnswers;
import dev.hologrid.gateway.control.CommandLine;
import dev.hologrid.gateway.control.DeviceCommand;
import dev.hologrid.gateway.source.endpoint.MqttEndpointSource;
import dev.hologrid.gateway.source.endpoint.Outgoing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Commands to devices at the built-in endpoint: one message to {@code
 * hologrid/v1/commands/{device}} with, for MQTT 5, a response topic, the command's id as
 * correlation data, and the time that is left. All of it stands in the payload, too, for devices
 * with MQTT 3.1.1.
 */
record MqttCommands(MqttEndpointSource endpoint) implements CommandLine {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Override
  public boolean reaches(String device) {
    return true;
  }

  @Override
  public @Nullable Wrong wrong(String name, JsonNode params) {
    return null;
  }

  @Override
  public boolean send(DeviceCommand command, Progress progress) {
    String answers = CommandAnswers.topic(command);
    ObjectNode payload = MAPPER.createObjectNode();
    payload
        .put("id", command.id())
        .put("command", command.name())
        .put("expiresAt", Instant.ofEpochMilli(command.endsAt()).toString())
        .put("answerTo", answers)
        .set("params", command.params());
    long left = TimeUnit.MILLISECONDS.toNanos(command.endsAt() - command.at());
    Outgoing.Request request =
        new Outgoing.Request(
            answers,
            command.id().getBytes(StandardCharsets.UTF_8),
            System.nanoTime() + left,
            progress::delivered);
    Outgoing message =
        new Outgoing(CommandAnswers.COMMANDS + command.device(), bytes(payload), request);
    return endpoint.deliver(message, who -> true) > 0;
  }

  private static byte[] bytes(ObjectNode payload) {
    try {
      return MAPPER.writeValueAsBytes(payload);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what we have made ourselves can be written", e);
    }
  }
}
