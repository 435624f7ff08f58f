package dev.hologrid.gateway.incident;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What residents are asked beside the place when they report a kind of incident (GeoReport v2,
 * service definition).
 *
 * @param code unique within the category
 * @param variable false: it asks nothing, its description is only shown
 * @param description the question
 * @param hint how to answer it, or empty
 * @param values key and name of what may be chosen, in order; empty but for lists
 */
public record Attribute(
    String code,
    Datatype datatype,
    boolean variable,
    boolean required,
    String description,
    String hint,
    Map<String, String> values) {
  /** Of the answer. */
  public enum Datatype {
    STRING,
    NUMBER,
    DATETIME,
    TEXT,
    SINGLEVALUELIST,
    MULTIVALUELIST;

    /** As the standard writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the answer is one or several of given values. */
    public boolean isList() {
      return this == SINGLEVALUELIST || this == MULTIVALUELIST;
    }
  }

  public Attribute {
    values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
    if (code.isBlank() || description.isBlank()) {
      throw new IllegalArgumentException("an attribute has a code and a description");
    }
    if (datatype.isList() == values.isEmpty()) {
      throw new IllegalArgumentException(
          "attribute "
              + code
              + ": values belong to singlevaluelist and multivaluelist, and to them");
    }
    if (required && !variable) {
      throw new IllegalArgumentException(
          "attribute " + code + ": what is only shown (variable: false) cannot be required");
    }
  }

  /**
   * Reads {@code [{code, datatype, required, description, hint, values: {KEY: name}}]}.
   *
   * @throws IllegalArgumentException with a sentence when something is wrong
   */
  static List<Attribute> read(JsonNode nodes) {
    List<Attribute> attributes = new ArrayList<>();
    for (JsonNode each : nodes) {
      Map<String, String> values = new LinkedHashMap<>();
      each.path("values")
          .properties()
          .forEach(value -> values.put(value.getKey(), value.getValue().asText()));
      Attribute read =
          new Attribute(
              each.path("code").asText(),
              datatype(each.path("datatype").asText("string")),
              each.path("variable").asBoolean(true),
              each.path("required").asBoolean(false),
              each.path("description").asText(),
              each.path("hint").asText(),
              values);
      if (attributes.stream().anyMatch(other -> other.code().equals(read.code()))) {
        throw new IllegalArgumentException("attribute " + read.code() + " is there twice");
      }
      attributes.add(read);
    }
    return List.copyOf(attributes);
  }

  private static Datatype datatype(String word) {
    for (Datatype each : Datatype.values()) {
      if (each.word().equals(word)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "a datatype is one of string, number, datetime, text, singlevaluelist, multivaluelist,"
            + " but was "
            + word);
  }
}
