package dev.hologrid.simulator.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the golden examples of docs/wire-format. */
public final class Examples {
  private Examples() {}

  public static Path folder() {
    Path root = Path.of(System.getProperty("hologrid.root", "."));
    for (Path at = root.toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("docs/wire-format"))) {
        return at.resolve("docs/wire-format");
      }
    }
    throw new IllegalStateException("docs/wire-format is not above " + root.toAbsolutePath());
  }
}
