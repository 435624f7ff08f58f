package dev.hologrid.rules.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files that are wrong on purpose, and what is said of each: every issue at once, each with its
 * place, its caret and, where a known word is near, a suggestion.
 */
final class WrongFilesTest {
  private static final Path FOLDER = Path.of("src/test/resources/dev/hologrid/rules/wrong");

  static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(each -> each.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void says_what_is_wrong(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    Loaded loaded = RuleSet.load(List.of(new RuleFile(name, Files.readString(file))));
    assertThat(loaded).isInstanceOf(Loaded.Broken.class);
    String said = String.join("\n", loaded.issueList().stream().map(Issue::toString).toList());
    assertThat(said.strip())
        .isEqualTo(Files.readString(FOLDER.resolve(name.replace(".yaml", ".txt"))).strip());
  }
}
