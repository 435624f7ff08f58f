package dev.hologrid.gateway.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files whose change is to be seen. Not for two threads. */
final class Watched {
  private final List<Path> files;
  private List<String> seen = List.of();

  Watched(List<Path> files) {
    this.files = List.copyOf(files);
  }

  /** True when one has another size, time or file behind its name than at the last look. */
  boolean changed() {
    List<String> now = new ArrayList<>();
    for (Path each : files) {
      try {
        now.add(
            Files.size(each)
                + " "
                + Files.getLastModifiedTime(each)
                + " "
                + Files.readAttributes(each, java.nio.file.attribute.BasicFileAttributes.class)
                    .fileKey());
      } catch (IOException e) {
        now.add("missing");
      }
    }
    boolean changed = !now.equals(seen);
    seen = now;
    return changed;
  }
}
