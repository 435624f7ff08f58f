package dev.hologrid.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON object that was sent to us; each look names the field when it is not what it must be. */
record Body(JsonNode node) {
  private static final int TEXT = 4000;

  String text(String field) {
    return text(field, TEXT);
  }

  String text(String field, int longest) {
    String value = textOrNull(field, longest);
    if (value == null || value.isBlank()) {
      throw Refused.badRequest(field, field + " is required and must be text");
    }
    return value;
  }

  @Nullable String textOrNull(String field) {
    return textOrNull(field, TEXT);
  }

  private @Nullable String textOrNull(String field, int longest) {
    JsonNode value = node.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw Refused.badRequest(field, field + " must be text, but is " + kind(value));
    }
    if (value.textValue().length() > longest) {
      throw Refused.badRequest(field, field + " must be at most " + longest + " characters long");
    }
    return value.textValue();
  }

  /**
   * A moment in ISO-8601 with its zone, as epoch milliseconds.
   *
   * @param or where the field is missing; {@code Long.MIN_VALUE} when it must not be
   */
  long moment(String field, long or) {
    String text = textOrNull(field);
    if (text == null) {
      if (or == Long.MIN_VALUE) {
        throw Refused.badRequest(field, field + " is required, for example 2026-11-24T08:00:00Z");
      }
      return or;
    }
    try {
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      throw Refused.badRequest(field, field + " must be ISO-8601 with its zone, but was " + text);
    }
  }

  @Nullable Long numberOrNull(String field) {
    JsonNode value = node.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw Refused.badRequest(field, field + " must be a whole number, but is " + kind(value));
    }
    return value.longValue();
  }

  @Nullable Boolean flagOrNull(String field) {
    JsonNode value = node.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isBoolean()) {
      throw Refused.badRequest(field, field + " must be true or false, but is " + kind(value));
    }
    return value.booleanValue();
  }

  List<String> texts(String field, int most) {
    JsonNode value = node.get(field);
    if (value == null || !value.isArray() || value.isEmpty() || value.size() > most) {
      throw Refused.badRequest(field, field + " must be a list of 1 to " + most + " texts");
    }
    List<String> found = new ArrayList<>();
    for (JsonNode each : value) {
      if (!each.isTextual()) {
        throw Refused.badRequest(field, field + " must hold texts only, but has " + kind(each));
      }
      found.add(each.textValue());
    }
    return found;
  }

  <E extends Enum<E>> @Nullable E wordOrNull(String field, Class<E> words) {
    String value = textOrNull(field);
    if (value == null) {
      return null;
    }
    for (E each : words.getEnumConstants()) {
      if (each.name().equalsIgnoreCase(value)) {
        return each;
      }
    }
    throw Refused.badRequest(
        field,
        field + " must be one of " + List.of(words.getEnumConstants()) + ", but was " + value);
  }

  /** Refuses fields that nobody reads, so that a typing error is not taken for a default. */
  void only(Set<String> known) {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw Refused.badRequest(name, "is not a field here; known are " + known);
      }
    }
  }

  private static String kind(JsonNode value) {
    return "a " + value.getNodeType().name().toLowerCase(Locale.ROOT);
  }
}
