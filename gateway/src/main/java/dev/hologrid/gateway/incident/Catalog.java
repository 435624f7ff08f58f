package dev.hologrid.gateway.incident;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.hologrid.gateway.incident.sla.TimeLimit;
import dev.hologrid.gateway.incident.sla.WorkCalendar;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Categories, time limits and the work calendar as data. The file that ships is {@code
 * incident/catalog.yaml}; a site replaces it by setting.
 */
public final class Catalog {
  private final Map<String, Category> categories;
  private final Map<Priority, Urgency> urgencies;
  private final WorkCalendar calendar;
  private final double remindAt;

  private Catalog(
      Map<String, Category> categories,
      Map<Priority, Urgency> urgencies,
      WorkCalendar calendar,
      double remindAt) {
    this.categories = categories;
    this.urgencies = urgencies;
    this.calendar = calendar;
    this.remindAt = remindAt;
  }

  /** The catalog that ships. */
  public static Catalog standard() {
    try (InputStream in = Catalog.class.getResourceAsStream("/incident/catalog.yaml")) {
      return parse(Objects.requireNonNull(in, "incident/catalog.yaml is not on the class path"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a catalog; throws {@link IllegalArgumentException} with a sentence when it is wrong. */
  public static Catalog parse(InputStream yaml) throws IOException {
    JsonNode root = new ObjectMapper(new YAMLFactory()).readTree(yaml);
    Map<Priority, Urgency> urgencies = new EnumMap<>(Priority.class);
    for (Priority each : Priority.values()) {
      urgencies.put(each, urgency(root.path("priorities").path(each.name())));
    }
    Map<String, Category> categories = new LinkedHashMap<>();
    for (JsonNode each : root.path("categories")) {
      Category category = category(each);
      if (categories.put(category.code(), category) != null) {
        throw new IllegalArgumentException("category " + category.code() + " is there twice");
      }
    }
    return new Catalog(
        categories,
        urgencies,
        calendar(root.path("calendar")),
        root.path("remindAt").asDouble(0.8));
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
      TimeLimit after = TimeLimit.parse(each.path("after").asText());
      steps.add(
          new Urgency.Step(
              Duration.ofMillis(after.amount()), Level.valueOf(each.path("level").asText())));
    }
    return new Urgency(
        limits(node.path("limits")),
        steps,
        node.path("climbsWhenOverdue").asBoolean(false),
        node.path("supervisedAtReminder").asBoolean(false),
        node.path("autoDispatch").asBoolean(false));
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

  private static WorkCalendar calendar(JsonNode node) {
    List<WorkCalendar.Span> hours = new ArrayList<>();
    node.path("hours").forEach(each -> hours.add(WorkCalendar.Span.parse(each.asText())));
    return new WorkCalendar(
        ZoneId.of(node.path("zone").asText("Asia/Shanghai")),
        hours,
        days(node.path("holidays")),
        days(node.path("makeUpDays")));
  }

  private static Set<LocalDate> days(JsonNode node) {
    Set<LocalDate> days = new TreeSet<>();
    node.forEach(each -> days.add(LocalDate.parse(each.asText())));
    return days;
  }

  public @Nullable Category find(String code) {
    return categories.get(code);
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

  double remindAt() {
    return remindAt;
  }
}
