package dev.hologrid.gateway.command;

import dev.hologrid.rules.language.RuleFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rule files and files of tests as the command line names them: files, folders, globs. */
final class RuleSources {
  private static final String TESTS = "_test.yaml";

  private RuleSources() {}

  /** A file or folder that is not there or no text; the message is for people. */
  static final class Missing extends IOException {
    private static final long serialVersionUID = 1L;

    Missing(String name) {
      super(name + " cannot be read");
    }

    Missing(String name, CharacterCodingException cause) {
      super(name + " is not UTF-8: save it as UTF-8", cause);
    }
  }

  /**
   * The rule files; a folder stands for the YAML files in it that are no tests.
   *
   * @throws Missing when a name names nothing, or what is no text in UTF-8
   */
  static List<RuleFile> rules(List<String> names) throws IOException {
    return read(names, false);
  }

  /**
   * The files of tests; a folder stands for its {@code *_test.yaml}.
   *
   * @throws Missing when a name names nothing, or what is no text in UTF-8
   */
  static List<RuleFile> tests(List<String> names) throws IOException {
    return read(names, true);
  }

  private static List<RuleFile> read(List<String> names, boolean tests) throws IOException {
    List<RuleFile> all = new ArrayList<>();
    for (String name : names) {
      Path path = Folders.working().resolve(name);
      List<Path> files = new ArrayList<>();
      if (Files.isDirectory(path)) {
        files.addAll(matching(path, "*.{yaml,yml}", tests));
      } else if (Files.isRegularFile(path)) {
        files.add(path);
      } else {
        files.addAll(globbed(name));
      }
      if (files.isEmpty()) {
        throw new Missing(name);
      }
      for (Path file : files) {
        all.add(text(file));
      }
    }
    return all;
  }

  private static RuleFile text(Path file) throws IOException {
    try {
      return new RuleFile(shown(file), Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new Missing(shown(file), e);
    }
  }

  /** The files beside {@code file} that a name or a glob means; empty when there is none. */
  static List<RuleFile> beside(String file, String name) throws IOException {
    Path path = Folders.working().resolve(file).toAbsolutePath().resolveSibling(name).normalize();
    List<Path> files = new ArrayList<>();
    if (Files.isRegularFile(path)) {
      files.add(path);
    } else {
      Path folder = path.getParent();
      if (folder != null && Files.isDirectory(folder)) {
        files.addAll(matching(folder, String.valueOf(path.getFileName()), false));
      }
    }
    List<RuleFile> all = new ArrayList<>();
    for (Path each : files) {
      all.add(text(each));
    }
    return all;
  }

  private static List<Path> globbed(String name) throws IOException {
    int star = name.indexOf('*');
    if (star < 0) {
      return List.of();
    }
    int slash = name.lastIndexOf('/', star);
    Path folder = Folders.working().resolve(slash < 0 ? "." : name.substring(0, slash + 1));
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder.normalize())) {
      PathMatcher glob =
          FileSystems.getDefault()
              .getPathMatcher("glob:" + folder.normalize() + "/" + name.substring(slash + 1));
      return files.filter(Files::isRegularFile).filter(glob::matches).sorted().toList();
    }
  }

  private static List<Path> matching(Path folder, String glob, boolean tests) throws IOException {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> matcher.matches(file.getFileName()))
          .filter(file -> file.toString().endsWith(TESTS) == tests)
          .sorted()
          .toList();
    }
  }

  /** Relative to where the command was called from, where it lies below. */
  private static String shown(Path file) {
    Path here = Folders.working();
    Path whole = file.toAbsolutePath().normalize();
    return whole.startsWith(here) ? here.relativize(whole).toString() : whole.toString();
  }
}
