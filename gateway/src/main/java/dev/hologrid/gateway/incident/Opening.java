package dev.hologrid.gateway.incident;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request for a new incident by a person. */
public record Opening(
    String category,
    String place,
    String title,
    String description,
    Origin origin,
    @Nullable Priority priority,
    List<String> photos) {
  public Opening {
    photos = List.copyOf(photos);
  }
}
