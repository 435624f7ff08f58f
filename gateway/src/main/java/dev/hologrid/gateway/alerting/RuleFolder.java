package dev.hologrid.gateway.alerting;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The rule files of one folder, by name, and whether they changed. Not for two threads. */
final class RuleFolder {
  private final Path folder;
  private String taken = "";
  private String last = "";

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

  /**
   * The files as they are; from here on only what differs is a change.
   *
   * @throws IOException naming the file that cannot be read, and why
   */
  List<Engine.RuleText> read() throws IOException {
    String look = look();
    taken = ""; // what could not be read is tried again
    List<Engine.RuleText> texts = new ArrayList<>();
    for (Path each : files()) {
      texts.add(new Engine.RuleText(String.valueOf(each.getFileName()), text(each)));
    }
    taken = look;
    last = look;
    return texts;
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is not UTF-8: save it as UTF-8", e);
    }
  }

  /**
   * Was a file added, removed or written since they were read? Only when two looks in a row are
   * equal: a file that is still being written has lost rules that nobody meant to take away.
   */
  boolean changed() throws IOException {
    String look = look();
    boolean still = look.equals(last);
    last = look;
    return still && !look.equals(taken);
  }

  private String look() throws IOException {
    StringBuilder look = new StringBuilder();
    for (Path each : files()) {
      look.append(each)
          .append(' ')
          .append(Files.size(each))
          .append(' ')
          .append(Files.getLastModifiedTime(each).toMillis())
          .append('\n');
    }
    return look.toString();
  }
}
