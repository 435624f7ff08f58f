package dev.hologrid.simulator.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the site files back; outlines are left out. */
public final class SiteReader {
  private SiteReader() {}

  /** Reads {@code places.csv}, {@code devices.csv} and {@code people.csv}. */
  public static Site read(Path folder) throws IOException {
    return new Site(
        rows(folder.resolve("places.csv")).stream().map(SiteReader::place).toList(),
        rows(folder.resolve("devices.csv")).stream().map(SiteReader::sensor).toList(),
        rows(folder.resolve("people.csv")).stream().map(SiteReader::person).toList());
  }

  private static List<List<String>> rows(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .skip(1)
        .filter(line -> !line.isBlank())
        .map(Csv::fields)
        .toList();
  }

  private static Place place(List<String> row) {
    return new Place(
        row.get(0),
        row.get(1),
        row.get(2),
        Level.of(row.get(3)),
        row.get(4),
        position(row.get(5), row.get(6)),
        row.get(7).isEmpty() ? 0 : Integer.parseInt(row.get(7)),
        List.of());
  }

  private static Sensor sensor(List<String> row) {
    Map<String, String> labels = new HashMap<>();
    for (String label : row.get(5).split(";", -1)) {
      int at = label.indexOf('=');
      if (at > 0) {
        labels.put(label.substring(0, at), label.substring(at + 1));
      }
    }
    return new Sensor(
        row.get(0), row.get(1), row.get(2), position(row.get(3), row.get(4)), Map.copyOf(labels));
  }

  private static Person person(List<String> row) {
    return new Person(
        row.get(0), row.get(1), List.of(row.get(2).split(";")), row.get(3), row.get(4));
  }

  private static Position position(String lon, String lat) {
    return new Position(Double.parseDouble(lon), Double.parseDouble(lat));
  }
}
