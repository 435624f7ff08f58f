package dev.hologrid.simulator.site;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes the five site files. The same site always gives the same bytes. */
public final class SiteWriter {
  private static final double METRES_A_FLOOR = 3.1;

  private SiteWriter() {}

  /** Writes into {@code folder}, which is made when it is missing. */
  public static void write(Site site, Path folder) throws IOException {
    Files.createDirectories(folder);
    places(site.places(), folder.resolve("places.csv"));
    geometry(site.places(), folder.resolve("places.geojson"));
    devices(site.devices(), folder.resolve("devices.csv"));
    people(site.people(), folder.resolve("people.csv"));
    beats(site.beats(), folder.resolve("patrols.csv"));
  }

  private static void places(List<Place> places, Path file) throws IOException {
    StringBuilder out = new StringBuilder("code,name,name_en,level,parent,lon,lat,floors\n");
    for (Place place : places) {
      Csv.row(
          out,
          place.code(),
          place.name(),
          place.nameEn(),
          place.level().word(),
          place.parent(),
          degrees(place.at().lon()),
          degrees(place.at().lat()),
          place.floors() == 0 ? "" : Integer.toString(place.floors()));
    }
    save(out, file);
  }

  private static void devices(List<Sensor> devices, Path file) throws IOException {
    StringBuilder out = new StringBuilder("id,kind,place,lon,lat,labels\n");
    for (Sensor device : devices) {
      Csv.row(
          out,
          device.id(),
          device.kind(),
          device.place(),
          degrees(device.at().lon()),
          degrees(device.at().lat()),
          labels(device.labels()));
    }
    save(out, file);
  }

  private static String labels(Map<String, String> labels) {
    return new TreeMap<>(labels)
        .entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining(";"));
  }

  private static void people(List<Person> people, Path file) throws IOException {
    StringBuilder out = new StringBuilder("id,name,roles,scope,phone\n");
    for (Person person : people) {
      Csv.row(
          out,
          person.id(),
          person.name(),
          String.join(";", person.roles()),
          person.scope(),
          person.phone());
    }
    save(out, file);
  }

  private static void beats(List<Beat> beats, Path file) throws IOException {
    StringBuilder out = new StringBuilder("id,name,grid,officer,points,recurrence,from,to\n");
    for (Beat beat : beats) {
      Csv.row(
          out,
          beat.id(),
          beat.name(),
          beat.grid(),
          "",
          beat.points().stream()
              .map(
                  each ->
                      each.name() + " " + degrees(each.at().lon()) + " " + degrees(each.at().lat()))
              .collect(Collectors.joining(";")),
          beat.recurrence(),
          beat.from(),
          beat.to());
    }
    save(out, file);
  }

  private static void geometry(List<Place> places, Path file) throws IOException {
    try (JsonGenerator json =
        new JsonFactory()
            .createGenerator(Files.newBufferedWriter(file, StandardCharsets.UTF_8))
            .configure(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN.mappedFeature(), true)) {
      json.writeStartObject();
      json.writeStringField("type", "FeatureCollection");
      json.writeStringField("note", "示意图,非行政区划界线 / schematic, not an administrative map");
      json.writeArrayFieldStart("features");
      for (Place place : places) {
        if (!place.rings().isEmpty()) {
          feature(json, place);
        }
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void feature(JsonGenerator json, Place place) throws IOException {
    json.writeRaw('\n');
    json.writeStartObject();
    json.writeStringField("type", "Feature");
    json.writeObjectFieldStart("properties");
    json.writeStringField("code", place.code());
    json.writeStringField("name", place.name());
    json.writeStringField("level", place.level().word());
    json.writeStringField("parent", place.parent());
    if (place.floors() > 0) {
      json.writeNumberField("floors", place.floors());
      json.writeNumberField("height", rounded(place.floors() * METRES_A_FLOOR, 1));
    }
    json.writeEndObject();
    json.writeObjectFieldStart("geometry");
    json.writeStringField("type", "Polygon");
    json.writeArrayFieldStart("coordinates");
    for (List<Position> ring : place.rings()) {
      json.writeStartArray();
      for (Position corner : ring) {
        corner(json, corner);
      }
      corner(json, ring.getFirst());
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void corner(JsonGenerator json, Position corner) throws IOException {
    json.writeStartArray();
    json.writeNumber(rounded(corner.lon(), 6));
    json.writeNumber(rounded(corner.lat(), 6));
    json.writeEndArray();
  }

  private static String degrees(double value) {
    return rounded(value, 6).toPlainString();
  }

  private static BigDecimal rounded(double value, int digits) {
    return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_EVEN);
  }

  private static void save(StringBuilder text, Path file) throws IOException {
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }
}
