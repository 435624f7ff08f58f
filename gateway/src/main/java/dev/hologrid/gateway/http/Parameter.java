package dev.hologrid.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query parameter as the contract has it. */
record Parameter(
    String name,
    boolean required,
    String type,
    String format,
    List<String> words,
    long least,
    long most,
    int longest) {
  private static final int LONGEST = 512;

  static Parameter read(JsonNode node, JsonNode schema) {
    List<String> words = new ArrayList<>();
    schema.path("enum").forEach(each -> words.add(each.asText()));
    return new Parameter(
        node.path("name").asText(),
        node.path("required").asBoolean(),
        schema.path("type").asText(),
        schema.path("format").asText(),
        words,
        schema.path("minimum").asLong(Long.MIN_VALUE),
        schema.path("maximum").asLong(Long.MAX_VALUE),
        schema.path("maxLength").asInt(LONGEST));
  }

  void check(@Nullable String value) {
    if (value == null || value.isEmpty()) {
      if (required) {
        throw Refused.badRequest(name, "the parameter " + name + " is required");
      }
      return;
    }
    if (value.length() > longest) {
      throw refuse("must be at most " + longest + " characters long");
    }
    if (!words.isEmpty() && !words.contains(value)) {
      throw refuse("must be one of " + String.join(", ", words));
    }
    switch (type) {
      case "integer" -> checkInteger(value);
      case "boolean" -> {
        if (!value.equals("true") && !value.equals("false")) {
          throw refuse("must be true or false");
        }
      }
      default -> {
        if (format.equals("date-time")) {
          checkTime(value);
        }
      }
    }
  }

  private void checkInteger(String value) {
    try {
      long number = Long.parseLong(value);
      if (number < least || number > most) {
        throw refuse("must be from " + least + " to " + most);
      }
    } catch (NumberFormatException e) {
      throw refuse("must be a whole number");
    }
  }

  private void checkTime(String value) {
    try {
      Instant.parse(value);
    } catch (DateTimeParseException e) {
      throw refuse("must be a time such as 2026-11-23T22:40:30.123Z");
    }
  }

  private Refused refuse(String must) {
    return Refused.badRequest(name, "the parameter " + name + " " + must);
  }
}
