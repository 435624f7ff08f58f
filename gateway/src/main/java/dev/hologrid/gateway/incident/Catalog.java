package dev.hologrid.gateway.incident;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.hologrid.gateway.incident.sla.Holidays;
import dev.hologrid.gateway.incident.sla.TimeLimit;
import dev.hologrid.gateway.incident.sla.WorkCalendar;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Categories, time limits and the work calendar as data. The files that ship are {@code
 * incident/catalog.yaml} and {@code incident/holidays.yaml}; a site replaces them by setting.
 */
public final class Catalog {
  private final Map<String, Category> categories;
  private final Map<Priority, Urgency> urgencies;
  private final WorkCalendar calendar;
  private final double remindAt;
  private final Map<String, List<Attribute>> attributes;
  private final Duration reopenWithin;

  private Catalog(
      Map<String, Category> categories,
      Map<String, List<Attribute>> attributes,
      Map<Priority, Urgency> urgencies,
      WorkCalendar calendar,
      double remindAt,
      Duration reopenWithin) {
    this.categories = categories;
    this.attributes = Map.copyOf(attributes);
    this.urgencies = urgencies;
    this.calendar = calendar;
    this.remindAt = remindAt;
    this.reopenWithin = reopenWithin;
  }

  /** The catalog that ships. */
  public static Catalog standard() {
    return read(null, null);
  }

  /**
   * Reads the site's own files; a null file means the one that ships.
   *
   * @throws IllegalArgumentException with a sentence when one is wrong or cannot be read
   */
  public static Catalog read(@Nullable Path catalog, @Nullable Path holidays) {
    try (InputStream first = open(catalog, "catalog.yaml");
        InputStream second = open(holidays, "holidays.yaml")) {
      return parse(first, Holidays.parse(second));
    } catch (IOException e) {
      throw new IllegalArgumentException("the incident catalog cannot be read: " + e, e);
    }
  }

  private static InputStream open(@Nullable Path file, String shipped) throws IOException {
    return file != null
        ? Files.newInputStream(file)
        : Objects.requireNonNull(
            Catalog.class.getResourceAsStream("/incident/" + shipped),
            () -> "incident/" + shipped + " is not on the class path");
  }

  /** Reads a catalog; throws {@link IllegalArgumentException} with a sentence when it is wrong. */
  static Catalog parse(InputStream yaml, Holidays holidays) throws IOException {
    JsonNode root = new ObjectMapper(new YAMLFactory()).readTree(yaml);
    Map<Priority, Urgency> urgencies = new EnumMap<>(Priority.class);
    for (Priority each : Priority.values()) {
      urgencies.put(each, urgency(root.path("priorities").path(each.name())));
    }
    Map<String, Category> categories = new LinkedHashMap<>();
    Map<String, List<Attribute>> attributes = new LinkedHashMap<>();
    for (JsonNode each : root.path("categories")) {
      Category category = category(each);
      if (categories.put(category.code(), category) != null) {
        throw new IllegalArgumentException("category " + category.code() + " is there twice");
      }
      attributes.put(category.code(), attributes(category.code(), each));
    }
    return new Catalog(
        categories,
        attributes,
        urgencies,
        calendar(root.path("calendar"), holidays),
        root.path("remindAt").asDouble(0.8),
        Duration.ofDays(root.path("reopenWithinDays").asLong(7)));
  }

  private static List<Attribute> attributes(String code, JsonNode category) {
    try {
      return Attribute.read(category.path("attributes"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("category " + code + ": " + e.getMessage(), e);
    }
  }

  private static Category category(JsonNode node) {
    String code = node.path("code").asText();
    String department = node.path("department").asText("");
    return new Category(
        code,
        node.path("name").asText(code),
        node.path("nameEn").asText(code),
        node.path("family").asText(code),
        Priority.valueOf(node.path("priority").asText("P3")),
        department.isEmpty() ? null : department,
        limits(node.path("limits")));
  }

  private static Urgency urgency(JsonNode node) {
    List<Urgency.Step> steps = new ArrayList<>();
    for (JsonNode each : node.path("escalate")) {
      steps.add(
          new Urgency.Step(
              step(each.path("after").asText()), Level.valueOf(each.path("level").asText())));
    }
    return new Urgency(
        limits(node.path("limits")),
        steps,
        whenOverdue(node.path("whenOverdue").asText("stay")),
        node.path("supervisedAtReminder").asBoolean(false),
        node.path("autoDispatch").asBoolean(false));
  }

  private static Urgency.WhenOverdue whenOverdue(String word) {
    for (Urgency.WhenOverdue each : Urgency.WhenOverdue.values()) {
      if (each.name().equalsIgnoreCase(word)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "whenOverdue of a priority is stay, climb or top, but was " + word);
  }

  /** Steps count from the report, day and night: who waits for hands does not wait for offices. */
  private static Duration step(String text) {
    TimeLimit after = TimeLimit.parse(text);
    if (after.clock() != TimeLimit.Clock.CONTINUOUS) {
      throw new IllegalArgumentException(
          "escalate.after of a priority is in s, m or h, but was " + text);
    }
    return Duration.ofMillis(after.amount());
  }

  private static Map<Stage, TimeLimit> limits(JsonNode node) {
    Map<Stage, TimeLimit> limits = new EnumMap<>(Stage.class);
    node.properties()
        .forEach(
            each ->
                limits.put(
                    Stage.valueOf(each.getKey().toUpperCase(Locale.ROOT)),
                    TimeLimit.parse(each.getValue().asText())));
    return limits;
  }

  private static WorkCalendar calendar(JsonNode node, Holidays holidays) {
    List<WorkCalendar.Span> hours = new ArrayList<>();
    node.path("hours").forEach(each -> hours.add(WorkCalendar.Span.parse(each.asText())));
    return new WorkCalendar(ZoneId.of(node.path("zone").asText("Asia/Shanghai")), hours, holidays);
  }

  public @Nullable Category find(String code) {
    return categories.get(code);
  }

  /** What residents are asked who report this kind, in order. */
  public List<Attribute> attributes(String code) {
    return attributes.getOrDefault(code, List.of());
  }

  public Collection<Category> categories() {
    return categories.values();
  }

  public WorkCalendar calendar() {
    return calendar;
  }

  /** The main class of a code; a code that is not in the catalog is a family of its own. */
  public String family(String code) {
    Category category = categories.get(code);
    return category == null ? code : category.family();
  }

  Urgency urgency(Priority priority) {
    return Objects.requireNonNull(urgencies.get(priority));
  }

  @Nullable TimeLimit limit(String code, Priority priority, Stage stage) {
    Category category = categories.get(code);
    TimeLimit own = category == null ? null : category.limits().get(stage);
    return own != null ? own : urgency(priority).limits().get(stage);
  }

  /** How long after the end a reporter may reopen. */
  Duration reopenWithin() {
    return reopenWithin;
  }

  /** The share of a time limit after which a reminder is due. */
  public double remindAt() {
    return remindAt;
  }
}
