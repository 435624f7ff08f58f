package dev.hologrid.gateway.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes a site as the files that {@link SiteImport} reads. */
final class SiteExport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SiteExport() {}

  public static void write(Site.Snapshot site, Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(SiteImport.PLACES), places(site.places()));
    Files.writeString(folder.resolve(SiteImport.SHAPES), shapes(site.places()));
    Files.writeString(folder.resolve(SiteImport.DEVICES), devices(site));
  }

  private static String places(PlaceTree tree) {
    StringBuilder text = new StringBuilder("code,name,name_en,level,parent,lon,lat,floors\n");
    for (Place each : tree.all()) {
      String parent = each.parent();
      text.append(
          Csv.row(
              each.code(),
              each.name(),
              each.nameEn(),
              each.level().name().toLowerCase(Locale.ROOT),
              parent == null ? "" : parent,
              degrees(each.lon()),
              degrees(each.lat()),
              each.floors() == 0 ? "" : String.valueOf(each.floors())));
    }
    return text.toString();
  }

  private static String devices(Site.Snapshot site) {
    StringBuilder text = new StringBuilder("id,kind,place,lon,lat,labels\n");
    for (SiteDevice each : site.devices()) {
      String labels =
          new TreeMap<>(each.labels())
              .entrySet().stream()
                  .map(label -> label.getKey() + "=" + label.getValue())
                  .collect(Collectors.joining(";"));
      text.append(
          Csv.row(
              each.id(),
              each.kind(),
              each.place(),
              degrees(each.lon()),
              degrees(each.lat()),
              labels));
    }
    return text.toString();
  }

  private static String shapes(PlaceTree tree) throws IOException {
    ObjectNode collection = JSON.createObjectNode().put("type", "FeatureCollection");
    ArrayNode features = collection.putArray("features");
    for (Place each : tree.all()) {
      JsonNode geometry = tree.geometry(each.code());
      if (geometry != null) {
        ObjectNode feature = features.addObject().put("type", "Feature");
        feature.putObject("properties").put("code", each.code());
        feature.set("geometry", geometry);
      }
    }
    return JSON.writeValueAsString(collection);
  }

  private static String degrees(double value) {
    return Double.isNaN(value) ? "" : String.valueOf(value);
  }
}
