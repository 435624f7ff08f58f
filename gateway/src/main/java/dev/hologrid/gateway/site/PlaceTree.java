package dev.hologrid.gateway.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.rules.PlaceLevel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The grid tree as of one import: district, town, community, grid, building, floor. Immutable, so
 * any thread may keep and read it. Places are numbered in depth-first order, which makes "is in the
 * subtree of" two comparisons.
 */
public final class PlaceTree {
  private static final PlaceTree EMPTY = new PlaceTree(List.of(), Map.of());

  private final Place[] places;
  private final int[] ends;
  private final Map<String, Integer> indexes = new HashMap<>();
  private final Map<String, List<Place>> children = new LinkedHashMap<>();
  private final List<Place> roots = new ArrayList<>();
  private final Map<String, Geometry> geometries;

  private PlaceTree(Collection<Place> given, Map<String, Geometry> geometries) {
    this.geometries = Map.copyOf(geometries);
    for (Place each : given) {
      if (each.parent() == null) {
        roots.add(each);
      } else {
        children.computeIfAbsent(each.parent(), code -> new ArrayList<>()).add(each);
      }
    }
    places = new Place[given.size()];
    ends = new int[given.size()];
    int next = 0;
    for (Place root : roots) {
      next = number(root, next);
    }
  }

  /** Every parent is among the places, and no place is its own ancestor: the import checked it. */
  static PlaceTree of(Collection<Place> places, Map<String, Geometry> geometries) {
    return new PlaceTree(places, geometries);
  }

  /** No places. */
  public static PlaceTree empty() {
    return EMPTY;
  }

  private int number(Place place, int index) {
    places[index] = place;
    indexes.put(place.code(), index);
    int next = index + 1;
    for (Place child : children(place.code())) {
      next = number(child, next);
    }
    ends[index] = next;
    return next;
  }

  public int size() {
    return places.length;
  }

  /** The place, or null when there is none of that code. */
  public @Nullable Place place(String code) {
    int index = index(code);
    return index < 0 ? null : places[index];
  }

  /** Its number in depth-first order, or -1. */
  int index(String code) {
    return indexes.getOrDefault(code, -1);
  }

  /** The number after the last place of its subtree. */
  int end(int index) {
    return ends[index];
  }

  Place at(int index) {
    return places[index];
  }

  /** All places, each after the one that holds it. */
  public List<Place> all() {
    return Arrays.asList(places.clone());
  }

  /** The places without a parent. */
  public List<Place> roots() {
    return List.copyOf(roots);
  }

  /** The places directly in {@code code}, in the order of the import. */
  public List<Place> children(String code) {
    return children.getOrDefault(code, List.of());
  }

  public List<Place> atLevel(PlaceLevel level) {
    return Arrays.stream(places).filter(each -> each.level() == level).toList();
  }

  /** From the top down to the place itself; empty when the code is unknown. */
  public List<Place> path(String code) {
    List<Place> path = new ArrayList<>();
    Place place = place(code);
    while (place != null) {
      path.addFirst(place);
      place = place.parent() == null ? null : place(place.parent());
    }
    return path;
  }

  /** The codes of {@link #path}. */
  public List<String> pathCodes(String code) {
    return path(code).stream().map(Place::code).toList();
  }

  /** Is {@code code} the place {@code ancestor} or somewhere in it? False for unknown codes. */
  public boolean contains(String ancestor, String code) {
    int top = index(ancestor);
    int index = index(code);
    return top >= 0 && index >= top && index < ends[top];
  }

  /** The GeoJSON geometry, or null when there is none. */
  public @Nullable JsonNode geometry(String code) {
    Geometry geometry = geometries.get(code);
    return geometry == null ? null : geometry.json();
  }

  /** The place of the level whose polygon holds the point, or null. */
  public @Nullable Place at(double lon, double lat, PlaceLevel level) {
    for (Place each : places) {
      if (each.level() == level) {
        Geometry geometry = geometries.get(each.code());
        if (geometry != null && geometry.contains(lon, lat)) {
          return each;
        }
      }
    }
    return null;
  }

  /** How far a point is outside of a place, metres; 0 inside, NaN when it has no area. */
  public double metresOutside(String code, double lon, double lat) {
    Geometry geometry = geometries.get(code);
    return geometry == null ? Double.NaN : geometry.metresOutside(lon, lat);
  }

  /** A FeatureCollection of the level; places without a geometry become points where known. */
  public ObjectNode geoJson(PlaceLevel level) {
    ObjectNode collection = JsonNodeFactory.instance.objectNode().put("type", "FeatureCollection");
    var features = collection.putArray("features");
    for (Place each : places) {
      if (each.level() == level) {
        features.add(feature(each));
      }
    }
    return collection;
  }

  private ObjectNode feature(Place place) {
    ObjectNode feature = JsonNodeFactory.instance.objectNode().put("type", "Feature");
    ObjectNode properties = feature.putObject("properties");
    properties.put("code", place.code()).put("name", place.name());
    properties.put("nameEn", place.nameEn()).put("level", place.level().name());
    properties.put("parent", place.parent());
    if (place.floors() > 0) {
      properties.put("floors", place.floors()).put("height", place.floors() * 3);
    }
    JsonNode geometry = geometry(place.code());
    if (geometry == null && !Double.isNaN(place.lon()) && !Double.isNaN(place.lat())) {
      ObjectNode point = JsonNodeFactory.instance.objectNode().put("type", "Point");
      point.putArray("coordinates").add(place.lon()).add(place.lat());
      geometry = point;
    }
    feature.set("geometry", geometry);
    return feature;
  }
}
