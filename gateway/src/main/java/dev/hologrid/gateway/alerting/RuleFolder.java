package dev.hologrid.gateway.alerting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The rule files of one folder, by name, and whether they changed. Not for two threads. */
final class RuleFolder {
  private final Path folder;
  private String seen = "";

  RuleFolder(Path folder) {
    this.folder = folder;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
          .filter(file -> !file.toString().endsWith("_test.yaml"))
          .sorted()
          .toList();
    }
  }

  List<Engine.RuleText> read() throws IOException {
    List<Engine.RuleText> texts = new ArrayList<>();
    for (Path each : files()) {
      texts.add(new Engine.RuleText(String.valueOf(each.getFileName()), Files.readString(each)));
    }
    return texts;
  }

  /** True once after a file was added, removed or written; and the first time. */
  boolean changed() throws IOException {
    StringBuilder now = new StringBuilder();
    for (Path each : files()) {
      now.append(each)
          .append(' ')
          .append(Files.size(each))
          .append(' ')
          .append(Files.getLastModifiedTime(each).toMillis())
          .append('\n');
    }
    boolean changed = !seen.contentEquals(now);
    seen = now.toString();
    return changed;
  }
}
