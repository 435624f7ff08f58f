package dev.hologrid.gateway.site;

import dev.hologrid.rules.PlaceLevel;
import org.jspecify.annotations.Nullable;

/**
 * One node of the grid tree.
 *
 * @param code an opaque code, unique in the site
 * @param name what people call it
 * @param nameEn the same in English, or empty
 * @param level how deep it is
 * @param parent the code of the place that holds it, or null at the top
 * @param lon degrees, or NaN where unknown
 * @param lat degrees, or NaN where unknown
 * @param floors of a building, else 0
 */
public record Place(
    String code,
    String name,
    String nameEn,
    PlaceLevel level,
    @Nullable String parent,
    double lon,
    double lat,
    int floors) {}
