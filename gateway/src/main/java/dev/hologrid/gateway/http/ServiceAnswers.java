package dev.hologrid.gateway.http;

import dev.hologrid.gateway.incident.Attribute;
import io.vertx.core.MultiMap;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a service request answers to the questions of its kind: {@code attribute[CODE]=VALUE}, for
 * several values {@code attribute[CODE][]=VALUE} each.
 */
record ServiceAnswers(MultiMap fields, List<Attribute> attributes) {
  private static final int LONGEST = 500;
  private static final int MOST = 100;
  private static final String PREFIX = "attribute[";

  /** Each question with its answer, in words, a line for each. */
  List<String> lines() {
    unknown();
    List<String> lines = new ArrayList<>();
    for (Attribute each : attributes) {
      List<String> values = values(each.code());
      String name = PREFIX + each.code() + "]";
      if (values.isEmpty() && each.required()) {
        throw Refused.badRequest(name, name + " was not provided: " + each.description());
      }
      if (!values.isEmpty() && !each.variable()) {
        throw Refused.badRequest(name, name + " asks nothing");
      }
      if (!values.isEmpty()) {
        lines.add(
            each.description()
                + ": "
                + values.stream()
                    .map(value -> answer(name, each, value))
                    .collect(Collectors.joining(", ")));
      }
    }
    return lines;
  }

  private List<String> values(String code) {
    List<String> values = new ArrayList<>(fields.getAll(PREFIX + code + "]"));
    values.addAll(fields.getAll(PREFIX + code + "][]"));
    values.removeIf(String::isBlank); // an empty value is as good as none
    Attribute attribute = find(code);
    String name = PREFIX + code + "]";
    boolean several =
        attribute != null && attribute.datatype() == Attribute.Datatype.MULTIVALUELIST;
    if (values.size() > (several ? MOST : 1)) {
      throw Refused.badRequest(
          name, name + " takes " + (several ? "at most " + MOST : "one value"));
    }
    return values;
  }

  private @Nullable Attribute find(String code) {
    return attributes.stream().filter(each -> each.code().equals(code)).findFirst().orElse(null);
  }

  private void unknown() {
    for (String each : fields.names()) {
      if (!each.startsWith(PREFIX)) {
        continue;
      }
      int end = each.indexOf(']');
      String code = end < 0 ? "" : each.substring(PREFIX.length(), end);
      if (find(code) == null) {
        throw Refused.badRequest(
            each,
            each
                + " is not asked; this service asks "
                + (attributes.isEmpty()
                    ? "nothing"
                    : attributes.stream().map(Attribute::code).toList()));
      }
    }
  }

  private static String answer(String name, Attribute attribute, String value) {
    String answer = value.strip();
    if (answer.length() > LONGEST) {
      throw Refused.badRequest(name, name + " must have at most " + LONGEST + " characters");
    }
    switch (attribute.datatype()) {
      case STRING -> {
        if (answer.lines().count() > 1) {
          throw Refused.badRequest(name, name + " must be one line");
        }
      }
      case NUMBER -> number(name, answer);
      case DATETIME -> datetime(name, answer);
      case SINGLEVALUELIST, MULTIVALUELIST -> {
        String chosen = attribute.values().get(answer);
        if (chosen == null) {
          throw Refused.badRequest(
              name,
              name + " must be one of " + attribute.values().keySet() + ", but was " + answer);
        }
        return chosen;
      }
      case TEXT -> {}
    }
    return answer;
  }

  private static void number(String name, String answer) {
    try {
      new BigDecimal(answer);
    } catch (NumberFormatException e) {
      throw Refused.badRequest(name, name + " must be a number, but was " + answer);
    }
  }

  private static void datetime(String name, String answer) {
    try {
      if (answer.indexOf('T') < 0) {
        LocalDate.parse(answer);
      } else {
        OffsetDateTime.parse(answer);
      }
    } catch (DateTimeParseException e) {
      throw Refused.badRequest(
          name, name + " must be a day or a time such as 2026-01-01T00:00:00Z, but was " + answer);
    }
  }
}
