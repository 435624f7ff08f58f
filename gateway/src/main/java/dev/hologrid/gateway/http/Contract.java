package dev.hologrid.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.hologrid.gateway.incident.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * openapi.yaml: the source of the routes. Beside OpenAPI's own words an operation has {@code
 * x-roles} (who may use it; absent: everybody signed in) and {@code x-guarded: false} (it takes no
 * cookie, so the cross-site rule does not apply) and {@code x-devices: true} (a device's token will
 * do) and {@code x-lenient: true} (parameters that it does not name are left out, not refused).
 */
record Contract(JsonNode document, Map<String, Operation> operations) {
  static final String FILE = "openapi.yaml";
  private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

  Contract {
    operations = inOrder(operations);
  }

  /** In the order to match: a word before the parameter that would take it, '{' being after 'z'. */
  private static Map<String, Operation> inOrder(Map<String, Operation> operations) {
    Map<String, Operation> ordered = new LinkedHashMap<>();
    operations.values().stream()
        .sorted(Comparator.comparing(Operation::path).thenComparing(Operation::method))
        .forEach(each -> ordered.put(each.id(), each));
    return Collections.unmodifiableMap(ordered);
  }

  static Contract load() {
    try (InputStream in = Contract.class.getClassLoader().getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing from the class path");
      }
      return read(new YAMLMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be read", e);
    }
  }

  private static Contract read(JsonNode document) {
    Map<String, Operation> operations = new LinkedHashMap<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path -> {
              for (String method : METHODS) {
                JsonNode node = path.getValue().path(method);
                if (!node.isMissingNode()) {
                  Operation each = operation(document, path.getKey(), method, node);
                  if (operations.put(each.id(), each) != null) {
                    throw new IllegalStateException(FILE + " has " + each.id() + " twice");
                  }
                }
              }
            });
    return new Contract(document, operations);
  }

  private static Operation operation(JsonNode document, String path, String method, JsonNode node) {
    List<Parameter> query = new ArrayList<>();
    for (JsonNode each : node.path("parameters")) {
      JsonNode parameter = resolve(document, each);
      if (parameter.path("in").asText().equals("query")) {
        query.add(Parameter.read(parameter, resolve(document, parameter.path("schema"))));
      }
    }
    Set<Role> roles = EnumSet.noneOf(Role.class);
    node.path("x-roles").forEach(each -> roles.add(Role.parse(each.asText())));
    boolean open = node.path("security").isArray() && node.path("security").isEmpty();
    String verb = method.toUpperCase(Locale.ROOT);
    return new Operation(
        node.path("operationId").asText(),
        verb,
        path,
        open,
        !verb.equals("GET") && node.path("x-guarded").asBoolean(true),
        node.path("x-devices").asBoolean(),
        node.path("x-lenient").asBoolean(),
        node.path("x-body").asLong(0),
        roles,
        query);
  }

  private static JsonNode resolve(JsonNode document, JsonNode node) {
    String ref = node.path("$ref").asText("");
    return ref.isEmpty() ? node : document.at(ref.substring(1));
  }

  /** The methods of one path, for the header {@code Allow}. */
  List<String> methods(String path) {
    return operations.values().stream()
        .filter(each -> matches(each.path(), path))
        .map(Operation::method)
        .sorted()
        .toList();
  }

  private static boolean matches(String template, String path) {
    String[] expected = template.split("/", -1);
    String[] given = path.split("/", -1);
    if (expected.length != given.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (!expected[i].startsWith("{") && !expected[i].equals(given[i])) {
        return false;
      }
    }
    return true;
  }
}
