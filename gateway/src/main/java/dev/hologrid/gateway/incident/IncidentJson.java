package dev.hologrid.gateway.incident;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * Events, incidents and commands as JSON. Fields are in alphabetical order, so the same event gives
 * the same bytes. Safe for use by many threads.
 */
public final class IncidentJson {
  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);
  private static final Map<String, Class<? extends IncidentEvent>> EVENTS = new HashMap<>();
  private static final Map<String, Class<? extends IncidentCommand>> COMMANDS = new HashMap<>();
  private static final ObjectMapper MAPPER = mapper();

  /** What people send has no field that is not known. */
  private static final ObjectReader EXACT =
      MAPPER.reader(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private IncidentJson() {}

  private static ObjectMapper mapper() {
    SimpleModule times = new SimpleModule("times");
    times.addSerializer(Instant.class, new InstantWriter());
    times.addDeserializer(Instant.class, new InstantReader());
    JsonMapper mapper =
        JsonMapper.builder()
            .addModule(times)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();
    for (Class<?> each : IncidentEvent.class.getPermittedSubclasses()) {
      Class<? extends IncidentEvent> type = each.asSubclass(IncidentEvent.class);
      EVENTS.put(snake(type), type);
    }
    for (Class<?> each : IncidentCommand.class.getPermittedSubclasses()) {
      Class<? extends IncidentCommand> type = each.asSubclass(IncidentCommand.class);
      COMMANDS.put(snake(type), type);
    }
    return mapper;
  }

  /** The word for a record of a sealed type: {@code WentOverdue} is {@code went_overdue}. */
  public static String snake(Class<?> type) {
    return type.getSimpleName().replaceAll("(?<!^)([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /** Times in JSON: ISO-8601 UTC with milliseconds. */
  public static String time(Instant at) {
    return MILLIS.format(at);
  }

  /** A record in the form in which it is stored. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + value.getClass().getSimpleName(), e);
    }
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** The fields of an event, for the history. */
  public static ObjectNode fields(IncidentEvent event) {
    return MAPPER.valueToTree(event);
  }

  static IncidentEvent event(String name, String detail) {
    Class<? extends IncidentEvent> type = EVENTS.get(name);
    if (type == null) {
      throw new IllegalStateException(
          "the store holds an event that this version does not know: " + name);
    }
    return read(detail, type);
  }

  static Incident incident(String body) {
    return read(body, Incident.class);
  }

  /** What {@link #write} wrote. */
  public static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the store holds an unreadable " + type.getSimpleName(), e);
    }
  }

  /** A command as in a request: its word, and its fields. */
  public sealed interface Parsed {
    record Ok(IncidentCommand command) implements Parsed {}

    record Bad(String sentence) implements Parsed {}
  }

  public static Parsed command(String word, JsonNode fields) {
    Class<? extends IncidentCommand> type = COMMANDS.get(word);
    if (type == null) {
      return new Parsed.Bad("expected a command such as dispatch, but was " + word);
    }
    try {
      return new Parsed.Ok(EXACT.treeToValue(fields, type));
    } catch (UnrecognizedPropertyException e) {
      return new Parsed.Bad(
          word
              + " has no field "
              + e.getPropertyName()
              + "; its fields are "
              + new TreeSet<>(e.getKnownPropertyIds()));
    } catch (JsonProcessingException e) {
      return new Parsed.Bad(e.getOriginalMessage());
    }
  }

  private static final class InstantWriter extends StdScalarSerializer<Instant> {
    InstantWriter() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator to, SerializerProvider provider)
        throws IOException {
      to.writeString(time(value));
    }
  }

  private static final class InstantReader extends StdScalarDeserializer<Instant> {
    InstantReader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser from, DeserializationContext context) throws IOException {
      String text = from.getText();
      try {
        return Instant.parse(text);
      } catch (DateTimeParseException e) {
        return (Instant)
            context.handleWeirdStringValue(Instant.class, text, "not a time in ISO-8601 UTC");
      }
    }
  }
}
