package dev.hologrid.gateway.incident;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was reported.
 *
 * @param category a code of the {@link Catalog}
 * @param family the category's main class, for example {@code FIRE}
 * @param reporter the person who reported it, or null
 * @param photos content hashes of attachments
 */
public record Report(
    String title,
    String description,
    String category,
    String family,
    Origin origin,
    @Nullable String reporter,
    List<String> photos) {
  public Report {
    photos = List.copyOf(photos);
  }
}
