package dev.hologrid.gateway.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shapes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** The payload of docs/wire-format: {@code hologrid/v1/{kind}/{device}[/status]}. */
public final class HoloGridDecoder implements Decoder {
  public static final String PREFIX = "hologrid/v1/";
  private static final int MAX_BATCH = 1_000;
  private static final long NO_TIME = Long.MIN_VALUE;

  private final Shapes shapes;
  private final PlainShapes plainShapes = new PlainShapes();
  private final TopicNames names = new TopicNames();

  // A thread that decodes keeps one for good; there are as many as event loops.
  private final ThreadLocal<PlainPayload> plain =
      ThreadLocal.withInitial(() -> new PlainPayload(plainShapes));

  public HoloGridDecoder(Shapes shapes) {
    this.shapes = shapes;
  }

  @Override
  public Decoded decode(String topic, byte[] payload, long receivedAt) {
    TopicNames.Parts known = names.of(topic);
    if (known != null) {
      List<Reading> read = plain.get().read(known.kind(), known.device(), payload, receivedAt);
      if (read != null) {
        return new Decoded.Accepted(read);
      }
    }
    return decodeAll(topic, payload, receivedAt);
  }

  /** The complete parser, which has the last word. */
  Decoded decodeAll(String topic, byte[] payload, long receivedAt) {
    try {
      int kindEnd = topic.indexOf('/', PREFIX.length());
      if (!topic.startsWith(PREFIX) || kindEnd < 0) {
        throw unknown(topic);
      }
      String kind = topic.substring(PREFIX.length(), kindEnd);
      int deviceEnd = topic.indexOf('/', kindEnd + 1);
      String device =
          deviceEnd < 0 ? topic.substring(kindEnd + 1) : topic.substring(kindEnd + 1, deviceEnd);
      Names.check(kind, device);
      if (deviceEnd < 0) {
        Decoded.Accepted accepted = readings(kind, device, payload, receivedAt);
        plainShapes.learn(accepted.readings().getFirst().shape());
        return accepted;
      }
      if (!topic.startsWith("status", deviceEnd + 1) || topic.length() != deviceEnd + 7) {
        throw unknown(topic);
      }
      return status(kind, device, payload, receivedAt);
    } catch (RejectedPayload e) {
      return e.asDecoded();
    } catch (IOException e) {
      return Json.refusal(payload, e);
    }
  }

  private static RejectedPayload unknown(String topic) {
    return new RejectedPayload(
        Reason.UNKNOWN_TOPIC,
        "no decoder reads the topic '"
            + Excerpt.of(topic)
            + "'; devices publish to hologrid/v1/{kind}/{device} or …/status");
  }

  private Decoded status(String kind, String device, byte[] payload, long receivedAt)
      throws RejectedPayload {
    String word = payload.length > 16 ? "" : new String(payload, StandardCharsets.UTF_8).trim();
    if (!word.equals("online") && !word.equals("offline")) {
      throw new RejectedPayload(
          Reason.WRONG_TYPE,
          "a status is the text online or offline, but was '" + Excerpt.of(word) + "'");
    }
    ReadingBuilder builder = new ReadingBuilder();
    builder.bool("online", word.equals("online"));
    return new Decoded.Accepted(
        List.of(builder.build(shapes, device, kind, receivedAt, receivedAt, 0)));
  }

  private Decoded.Accepted readings(String kind, String device, byte[] payload, long receivedAt)
      throws IOException, RejectedPayload {
    List<Reading> out = new ArrayList<>(1);
    try (JsonParser parser = Json.parser(payload)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          if (out.size() == MAX_BATCH) {
            throw new RejectedPayload(
                Reason.TOO_MANY,
                "a batch holds more than " + MAX_BATCH + " readings; send smaller ones");
          }
          out.add(reading(parser, kind, device, receivedAt, out.size()));
        }
        if (out.isEmpty()) {
          throw new RejectedPayload(Reason.MISSING_FIELD, "the batch is empty");
        }
      } else if (first == null) {
        throw new RejectedPayload(
            Reason.NOT_JSON, "the payload is empty; expected {\"values\":{…}}");
      } else {
        out.add(reading(parser, kind, device, receivedAt, 0));
      }
      if (parser.nextToken() != null) {
        throw new RejectedPayload(
            Reason.NOT_JSON, "something follows the JSON document; send one document a message");
      }
    }
    return new Decoded.Accepted(out);
  }

  private Reading reading(JsonParser parser, String kind, String device, long receivedAt, int index)
      throws IOException, RejectedPayload {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      throw new RejectedPayload(
          Reason.WRONG_TYPE,
          "a reading is a JSON object with 'values', or an array of such objects");
    }
    ReadingBuilder builder = new ReadingBuilder();
    long time = NO_TIME;
    boolean values = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken token = parser.nextToken();
      if (field.equals("values")) {
        if (values) {
          throw new RejectedPayload(Reason.DUPLICATE_FIELD, "'values' is there twice");
        }
        values = true;
        values(parser, kind, builder);
      } else if (field.equals("ts")) {
        if (time != NO_TIME) {
          throw new RejectedPayload(Reason.DUPLICATE_FIELD, "'ts' is there twice");
        }
        time = time(parser, token);
      } else {
        parser.skipChildren();
      }
    }
    if (!values) {
      throw new RejectedPayload(
          Reason.MISSING_FIELD, "'values' is missing; expected {\"values\":{\"metric\":number}}");
    }
    if (builder.isEmpty()) {
      throw new RejectedPayload(Reason.MISSING_FIELD, "'values' holds no metric");
    }
    return builder.build(
        shapes, device, kind, time == NO_TIME ? receivedAt : time, receivedAt, index);
  }

  private static void values(JsonParser parser, String kind, ReadingBuilder builder)
      throws IOException, RejectedPayload {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      throw new RejectedPayload(
          Reason.WRONG_TYPE, "'values' must be an object of numbers, booleans and strings");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if ((value == JsonToken.VALUE_STRING || value.isBoolean()) && Kinds.measured(kind, name)) {
        throw new RejectedPayload(
            Reason.WRONG_TYPE,
            "'values." + name + "' of a " + kind + " must be a number, as docs/wire-format has it");
      }
      switch (value) {
        case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> builder.number(name, parser.getDoubleValue());
        case VALUE_TRUE -> builder.bool(name, true);
        case VALUE_FALSE -> builder.bool(name, false);
        case VALUE_STRING -> builder.text(name, parser.getText());
        case VALUE_NULL -> {}
        default -> {
          parser.skipChildren();
          throw new RejectedPayload(
              Reason.WRONG_TYPE,
              "'values." + Excerpt.of(name) + "' must be a number, a boolean or a string");
        }
      }
    }
  }

  private static long time(JsonParser parser, JsonToken token) throws IOException, RejectedPayload {
    if (token == JsonToken.VALUE_NUMBER_INT) {
      long value =
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? -1 : parser.getLongValue();
      if (value >= 0) {
        return value;
      }
    } else if (token == JsonToken.VALUE_STRING) {
      try {
        return OffsetDateTime.parse(parser.getText()).toInstant().toEpochMilli();
      } catch (DateTimeException | ArithmeticException e) {
        // said below
      }
    } else if (token == JsonToken.VALUE_NULL) {
      return NO_TIME;
    } else {
      parser.skipChildren();
    }
    throw new RejectedPayload(
        Reason.BAD_TIME,
        "'ts' must be ISO-8601 with a zone, for example 2026-11-23T22:40:30.123Z, or epoch"
            + " milliseconds");
  }
}
