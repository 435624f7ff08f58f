package dev.hologrid.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of promises names tests; each of them is there. */
final class PromisesPageTest {
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

  private static Map<String, String> sources() throws IOException {
    Map<String, String> all = new HashMap<>();
    for (String module : List.of("rules", "gateway")) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src/test/java"))) {
        for (Path file : files.filter(each -> each.toString().endsWith("Test.java")).toList()) {
          String name = String.valueOf(file.getFileName()).replace(".java", "");
          all.merge(name, Files.readString(file), String::concat);
        }
      }
    }
    return all;
  }

  @Test
  void every_test_that_it_names_is_there() throws IOException {
    Map<String, String> sources = sources();
    List<String> missing = new ArrayList<>();
    int named = 0;
    Matcher tests = TEST.matcher(Files.readString(Path.of("../docs/rules/promises.md")));
    for (; tests.find(); named++) {
      String source = sources.getOrDefault(tests.group(1), "");
      if (!source.contains(" " + tests.group(2) + "(")) {
        missing.add(tests.group());
      }
    }
    assertThat(missing).isEmpty();
    assertThat(named).isGreaterThan(25);
  }
}
