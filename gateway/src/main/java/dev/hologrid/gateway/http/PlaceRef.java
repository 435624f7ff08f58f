package dev.hologrid.gateway.http;

import dev.hologrid.gateway.site.PlaceTree;
import java.util.List;

/** A place as others mention it. */
record PlaceRef(String code, String name, String nameEn, String level) {
  static List<PlaceRef> path(PlaceTree places, String code) {
    return places.path(code).stream()
        .map(each -> new PlaceRef(each.code(), each.name(), each.nameEn(), each.level().name()))
        .toList();
  }
}
