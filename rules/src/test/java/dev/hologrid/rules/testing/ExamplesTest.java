package dev.hologrid.rules.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.language.RuleFile;
import dev.hologrid.rules.language.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every part of the language at work in virtual time; the manual's snippets are cut from here. */
final class ExamplesTest {
  private static final Path FOLDER =
      Path.of("src/test/resources/dev/hologrid/rules/examples").toAbsolutePath();
  private static final Path MANUAL = Path.of("../docs/rules").toAbsolutePath();

  private static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  private static RuleFile file(Path path) throws IOException {
    return new RuleFile(String.valueOf(path.getFileName()), Files.readString(path));
  }

  @TestFactory
  List<DynamicTest> every_example() throws IOException {
    List<DynamicTest> all = new ArrayList<>();
    for (Path path : examples()) {
      if (!path.toString().endsWith("_test.yaml")) {
        continue;
      }
      RuleTests tests = new RuleTests(file(path));
      List<RuleFile> files = new ArrayList<>();
      for (var name : tests.ruleFiles()) {
        files.add(file(FOLDER.resolve(name.text())));
      }
      RuleSet rules = RuleSet.load(files).orThrow();
      RuleTests.Read read = tests.read(rules);
      assertThat(read.issues()).isEmpty();
      for (TestCase each : read.tests()) {
        all.add(
            DynamicTest.dynamicTest(
                each.name(), () -> assertThat(each.run(rules).failures()).isEmpty()));
      }
    }
    return all;
  }

  /** A block of YAML in the manual is, line by line, a part of an example that passes. */
  @Test
  void every_snippet_of_the_manual_is_part_of_an_example() throws IOException {
    List<String> examples = new ArrayList<>();
    for (Path path : examples()) {
      examples.add(stripped(Files.readString(path)));
    }
    for (String page : List.of("language.md", "testing.md")) {
      String[] parts = Files.readString(MANUAL.resolve(page)).split("```", -1);
      for (int i = 1; i < parts.length; i += 2) {
        if (parts[i].startsWith("yaml\n")) {
          String snippet = stripped(parts[i].substring(5));
          assertThat(examples)
              .as("%s shows what no example does:\n%s", page, parts[i])
              .anyMatch(example -> example.contains(snippet));
        }
      }
    }
  }

  /** Without indentation and empty lines. */
  private static String stripped(String text) {
    return String.join(
        "\n", text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList());
  }
}
