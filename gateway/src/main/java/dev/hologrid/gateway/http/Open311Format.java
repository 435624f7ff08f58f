package dev.hologrid.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The two forms of GeoReport v2: JSON is XML without the names of its lists (the Spark convention),
 * so both are made from one tree.
 */
enum Open311Format {
  JSON(Answer.JSON),
  XML("text/xml; charset=utf-8");

  /** What an item of a list is called in XML. */
  private static final Map<String, String> ITEMS =
      Map.of(
          "services", "service",
          "service_requests", "request",
          "attributes", "attribute",
          "endpoints", "endpoint",
          "formats", "format",
          "errors", "error");

  private final String type;

  Open311Format(String type) {
    this.type = type;
  }

  static Open311Format of(Call call) {
    return switch (call.path("format")) {
      case "json" -> JSON;
      case "xml" -> XML;
      default -> throw Refused.notFound("the format is json or xml, as in requests.json");
    };
  }

  /** By the end of a path; JSON where it says nothing. */
  static Open311Format of(String path) {
    return path.endsWith(".xml") ? XML : JSON;
  }

  Answer answer(int status, String root, JsonNode tree) {
    Buffer body =
        this == JSON
            ? Json.buffer(tree)
            : Buffer.buffer(
                xml(new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"), root, tree)
                    .append('\n')
                    .toString());
    return new Answer(status, type, body, Map.of());
  }

  /** An error as GeoReport has it: a list of code and description. */
  Answer error(int status, String description) {
    ArrayNode errors = Json.MAPPER.createArrayNode();
    errors.addObject().put("code", status).put("description", description);
    return answer(status, "errors", errors);
  }

  private static StringBuilder xml(StringBuilder to, String name, JsonNode node) {
    to.append('<').append(name).append('>');
    if (node instanceof ObjectNode object) {
      object.properties().forEach(each -> xml(to, each.getKey(), each.getValue()));
    } else if (node instanceof ArrayNode array) {
      @Nullable String item = ITEMS.get(name);
      array.forEach(each -> xml(to, item == null ? "value" : item, each));
    } else if (!node.isNull()) {
      text(to, node.asText());
    }
    return to.append("</").append(name).append('>');
  }

  private static void text(StringBuilder to, String text) {
    text.codePoints()
        .forEach(
            each -> {
              switch (each) {
                case '&' -> to.append("&amp;");
                case '<' -> to.append("&lt;");
                case '>' -> to.append("&gt;");
                default -> {
                  if (isXml(each)) {
                    to.appendCodePoint(each);
                  }
                }
              }
            });
  }

  /** What XML 1.0 can hold at all. */
  private static boolean isXml(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || c >= 0x20 && c <= 0xd7ff
        || c >= 0xe000 && c <= 0xfffd
        || c >= 0x10000;
  }
}
