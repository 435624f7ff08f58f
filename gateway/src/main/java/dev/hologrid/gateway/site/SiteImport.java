package dev.hologrid.gateway.site;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.rules.PlaceLevel;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code places.csv}, {@code places.geojson} and {@code devices.csv} of one folder; see
 * docs/wire-format/site.md. All problems are found in one go; with any, nothing is imported.
 */
public final class SiteImport {
  static final String PLACES = "places.csv";
  static final String SHAPES = "places.geojson";
  static final String DEVICES = "devices.csv";

  private static final List<String> PLACE_HEADER =
      List.of("code", "name", "name_en", "level", "parent", "lon", "lat", "floors");
  private static final List<String> DEVICE_HEADER =
      List.of("id", "kind", "place", "lon", "lat", "labels");
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
  private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9_-]{0,31}");
  private static final int MOST_FLOORS = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What became of an import. */
  public sealed interface Imported {
    record Read(PlaceTree places, List<SiteDevice> devices) implements Imported {}

    /** Nothing was taken over. */
    record Refused(List<SiteProblem> problems) implements Imported {}
  }

  private final Path folder;
  private final List<SiteProblem> problems = new ArrayList<>();
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new HashMap<>();
  private final Map<String, Geometry> geometries = new HashMap<>();
  private final Map<String, SiteDevice> devices = new LinkedHashMap<>();

  private SiteImport(Path folder) {
    this.folder = folder;
  }

  /** Reads the files; a missing file is an empty one, a missing {@code places.csv} a problem. */
  public static Imported read(Path folder) {
    SiteImport site = new SiteImport(folder);
    if (!Files.exists(folder.resolve(PLACES))) {
      return new Imported.Refused(
          List.of(
              new SiteProblem(
                  PLACES,
                  0,
                  "is missing in "
                      + folder
                      + "; its header is "
                      + String.join(",", PLACE_HEADER))));
    }
    site.rows(PLACES, PLACE_HEADER).forEach(site::place);
    site.checkParents();
    site.addFloors();
    site.shapes();
    site.rows(DEVICES, DEVICE_HEADER).forEach(site::device);
    return site.problems.isEmpty()
        ? new Imported.Read(
            PlaceTree.of(site.places.values(), site.geometries), List.copyOf(site.devices.values()))
        : new Imported.Refused(List.copyOf(site.problems));
  }

  private void problem(String file, int line, String message) {
    problems.add(new SiteProblem(file, line, message));
  }

  private List<Csv.Row> rows(String file, List<String> header) {
    Path path = folder.resolve(file);
    if (!Files.exists(path)) {
      return List.of();
    }
    try {
      List<Csv.Row> rows = Csv.parse(Files.readString(path));
      if (rows.isEmpty() || !rows.getFirst().cells().equals(header)) {
        problem(file, 1, "the first line must be " + String.join(",", header));
        return List.of();
      }
      List<Csv.Row> whole = new ArrayList<>();
      for (Csv.Row row : rows.subList(1, rows.size())) {
        if (row.cells().size() == header.size()) {
          whole.add(row);
        } else {
          problem(
              file,
              row.line(),
              "a row has " + header.size() + " cells, but this has " + row.cells().size());
        }
      }
      return whole;
    } catch (CharacterCodingException e) {
      problem(file, 0, "is not UTF-8; save it as UTF-8");
    } catch (IOException e) {
      problem(file, 0, "cannot be read: " + e.getMessage());
    }
    return List.of();
  }

  private void place(Csv.Row row) {
    List<String> cells = row.cells();
    String code = cells.get(0);
    PlaceLevel level = level(cells.get(3), row.line());
    double lon = degrees(PLACES, row.line(), "lon", cells.get(5), 180);
    double lat = degrees(PLACES, row.line(), "lat", cells.get(6), 90);
    int floors = floors(cells.get(7), row.line());
    if (!CODE.matcher(code).matches()) {
      problem(
          PLACES,
          row.line(),
          "a code is 1 to 64 of letters, digits, '.', '_', ':' and '-', but was '" + code + "'");
    } else if (lines.putIfAbsent(code, row.line()) != null) {
      problem(
          PLACES,
          row.line(),
          code + " is there already, in line " + lines.get(code) + "; keep one");
    } else if (level != null) {
      String parent = cells.get(4).isEmpty() ? null : cells.get(4);
      String name = cells.get(1).isEmpty() ? code : cells.get(1);
      places.put(code, new Place(code, name, cells.get(2), level, parent, lon, lat, floors));
    }
  }

  private @Nullable PlaceLevel level(String word, int line) {
    try {
      return PlaceLevel.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      problem(
          PLACES,
          line,
          "level is district, town, community, grid, building or floor, but was '" + word + "'");
      return null;
    }
  }

  private double degrees(String file, int line, String name, String cell, int most) {
    if (cell.isEmpty()) {
      return Double.NaN;
    }
    try {
      double value = Double.parseDouble(cell);
      if (Math.abs(value) <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    problem(
        file,
        line,
        name + " is degrees from -" + most + " to " + most + " or empty, but was '" + cell + "'");
    return Double.NaN;
  }

  private int floors(String cell, int line) {
    if (cell.isEmpty()) {
      return 0;
    }
    if (cell.matches("\\d{1,3}") && Integer.parseInt(cell) <= MOST_FLOORS) {
      return Integer.parseInt(cell);
    }
    problem(
        PLACES, line, "floors is a number from 0 to " + MOST_FLOORS + ", but was '" + cell + "'");
    return 0;
  }

  private void checkParents() {
    for (Place each : places.values()) {
      if (each.parent() == null) {
        continue;
      }
      int line = lines.getOrDefault(each.code(), 0);
      Place parent = places.get(each.parent());
      if (parent == null) {
        if (!lines.containsKey(each.parent())) {
          problem(
              PLACES,
              line,
              "the parent " + each.parent() + " of " + each.code() + " is not in the file; add it");
        }
      } else if (parent.level().compareTo(each.level()) >= 0) {
        problem(
            PLACES,
            line,
            each.code()
                + " is a "
                + word(each.level())
                + " and cannot be in the "
                + word(parent.level())
                + " "
                + parent.code());
      }
    }
  }

  private static String word(PlaceLevel level) {
    return level.name().toLowerCase(Locale.ROOT);
  }

  /** A building with a number of floors and no floor of its own gets them. */
  private void addFloors() {
    List<String> withFloors =
        places.values().stream()
            .filter(each -> each.level() == PlaceLevel.FLOOR && each.parent() != null)
            .map(each -> String.valueOf(each.parent()))
            .distinct()
            .toList();
    java.util.Set<String> known = java.util.Set.copyOf(withFloors);
    for (Place each : List.copyOf(places.values())) {
      if (each.level() == PlaceLevel.BUILDING && !known.contains(each.code())) {
        for (int floor = 1; floor <= each.floors(); floor++) {
          String code = each.code() + "-F" + floor;
          places.putIfAbsent(
              code,
              new Place(
                  code,
                  floor + "F",
                  floor + "F",
                  PlaceLevel.FLOOR,
                  each.code(),
                  each.lon(),
                  each.lat(),
                  0));
        }
      }
    }
  }

  private void shapes() {
    Path path = folder.resolve(SHAPES);
    if (!Files.exists(path)) {
      return;
    }
    try (JsonParser parser = JSON.getFactory().createParser(path.toFile())) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME
            && "features".equals(parser.currentName())
            && parser.nextToken() == JsonToken.START_ARRAY) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            int line = parser.currentTokenLocation().getLineNr();
            shape(JSON.readTree(parser), line);
          }
        }
      }
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      problem(SHAPES, line, "is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      problem(SHAPES, 0, "cannot be read: " + e.getMessage());
    }
  }

  private void shape(JsonNode feature, int line) {
    String code = feature.path("properties").path("code").asText();
    if (!places.containsKey(code) && !lines.containsKey(code)) {
      problem(
          SHAPES,
          line,
          "properties.code is '" + code + "', which is no place of " + PLACES + "; add or drop it");
      return;
    }
    try {
      geometries.put(code, Geometry.of(feature.path("geometry")));
    } catch (IllegalArgumentException e) {
      problem(SHAPES, line, code + ": " + e.getMessage());
    }
  }

  private void device(Csv.Row row) {
    List<String> cells = row.cells();
    int line = row.line();
    String id = cells.get(0);
    String kind = cells.get(1);
    String place = cells.get(2);
    double lon = degrees(DEVICES, line, "lon", cells.get(3), 180);
    double lat = degrees(DEVICES, line, "lat", cells.get(4), 90);
    Map<String, String> labels = labels(cells.get(5), line);
    if (!CODE.matcher(id).matches()) {
      problem(
          DEVICES,
          line,
          "an id is 1 to 64 of letters, digits, '.', '_', ':' and '-', but was '" + id + "'");
    } else if (!KIND.matcher(kind).matches()) {
      problem(
          DEVICES,
          line,
          "a kind is 1 to 32 of a-z, 0-9, _ and -, and begins with a letter, but was '"
              + kind
              + "'");
    } else if (!place.isEmpty() && !places.containsKey(place) && !lines.containsKey(place)) {
      problem(
          DEVICES,
          line,
          "the place "
              + place
              + " of "
              + id
              + " is not in "
              + PLACES
              + "; add it, or leave the cell empty");
    } else if (devices.putIfAbsent(id, new SiteDevice(id, kind, place, lon, lat, labels)) != null) {
      problem(DEVICES, line, id + " is there already; keep one");
    }
  }

  private Map<String, String> labels(String cell, int line) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String each : cell.isEmpty() ? new String[0] : cell.split(";")) {
      int equals = each.indexOf('=');
      if (equals < 1) {
        problem(DEVICES, line, "labels are k=v;k=v, but one was '" + each + "'");
      } else {
        labels.put(each.substring(0, equals).trim(), each.substring(equals + 1).trim());
      }
    }
    return labels;
  }
}
