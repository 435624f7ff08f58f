package dev.hologrid.rules.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.language.Issue;
import dev.hologrid.rules.language.RuleFile;
import dev.hologrid.rules.language.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of tests that are wrong on purpose, and what is said of each: every issue at once. */
final class WrongTestFilesTest {
  private static final Path FOLDER = Path.of("src/test/resources/dev/hologrid/rules/wrong-tests");
  private static final RuleSet RULES =
      RuleSet.load(
              List.of(
                  new RuleFile(
                      "smoke.yaml",
                      """
                      groups:
                        - name: g
                          rules:
                            - alert: smoke-alarm
                              on: smoke
                              expr: obscuration > 0.15 || smoke
                              labels: { severity: major, category: FIRE_SMOKE }
                      """)))
          .orThrow();

  static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(each -> each.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void says_what_is_wrong(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    RuleTests.Read read = new RuleTests(new RuleFile(name, Files.readString(file))).read(RULES);
    assertThat(read.tests()).as("nothing of it runs").isEmpty();
    String said = String.join("\n", read.issues().stream().map(Issue::toString).toList());
    assertThat(said.strip())
        .isEqualTo(Files.readString(FOLDER.resolve(name.replace(".yaml", ".txt"))).strip());
  }

  @Test
  void what_is_no_yaml_names_no_rule_files() {
    RuleTests tests = new RuleTests(new RuleFile("broken.yaml", "rule_files: ["));
    assertThat(tests.ruleFiles()).isEmpty();
    assertThat(tests.read(RULES).issues())
        .singleElement()
        .asString()
        .contains("broken.yaml:1:14: error: not YAML");
  }
}
