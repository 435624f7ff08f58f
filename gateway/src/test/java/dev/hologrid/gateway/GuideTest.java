package dev.hologrid.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the guides say, against the program. */
class GuideTest {
  private static final Path ROOT = Path.of(System.getProperty("hologrid.root", ".."));

  /** Single spaces between words; more of them lead to a remark. */
  private static final Pattern COMMAND =
      Pattern.compile("\\./hologrid((?: (?:'[^']*'|[^\\s`#|()\\\\]+))*)");

  private static final Pattern BRANCH = Pattern.compile("(?m)^(?=  [a-z|]+\\))");

  /** Done by the launcher itself. */
  private static final Set<String> LAUNCHER = Set.of("test", "build", "fuzz", "help", "--help");

  @Test
  void every_setting_is_in_the_guide_with_its_form_and_default() throws IOException {
    Settings settings = Settings.none(Map.of());
    // Some sections are read only when they are used.
    settings.with("broker.url", "tcp://127.0.0.1:1884").with("fire-panel.port", 0);
    GatewayConfig.read(settings);
    List<String> expected =
        settings.described().stream()
            .map(each -> "| `" + each.key() + "` | " + each.form() + " | " + shown(each) + " |")
            .toList();
    List<String> rows =
        Files.readAllLines(ROOT.resolve("docs/configuration.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .toList();
    assertThat(rows).containsExactlyElementsOf(expected);
  }

  /** Paths in the data folder, which is in the folder that the command is called from. */
  private static String shown(Settings.Described each) {
    return each.otherwise().replace(Path.of("").toAbsolutePath() + "/", "");
  }

  @Test
  void every_command_in_the_guides_is_one_the_program_takes() throws IOException {
    int seen = 0;
    for (Path guide : guides()) {
      for (String line : Files.readAllLines(guide)) {
        for (MatchResult found : COMMAND.matcher(line).results().toList()) {
          List<String> words = words(found.group(1));
          if (!words.isEmpty() && !words.contains("…") && !words.getFirst().equals("COMMAND")) {
            parses(guide + ": " + found.group(), words);
            seen++;
          }
        }
      }
    }
    assertThat(seen).isGreaterThan(10);
  }

  private static List<Path> guides() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "README.zh-CN.md", "CONTRIBUTING.md").map(ROOT::resolve),
              docs.filter(each -> each.toString().endsWith(".md")))
          .sorted()
          .toList();
    }
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher word = Pattern.compile("'([^']*)'|(\\S+)").matcher(line);
    while (word.find()) {
      String text = word.group(1) == null ? word.group(2) : word.group(1);
      words.add(text.replaceAll("[\\[\\]]|[,.;:]$", "")); // [what may be left out]
    }
    return words;
  }

  private static void parses(String where, List<String> words) {
    if (LAUNCHER.contains(words.getFirst()) || String.join(" ", words).startsWith("bench rules")) {
      return; // the launcher itself, and what is measured beside other engines, a build of its own
    }
    CommandLine line =
        simulated(words)
            ? new CommandLine(dev.hologrid.simulator.Main.class)
            : new CommandLine(Main.class);
    line.setCaseInsensitiveEnumValuesAllowed(true); // as Main does
    try {
      line.parseArgs(words.toArray(String[]::new));
    } catch (CommandLine.MissingParameterException e) {
      // A guide may leave out what a command needs, but name nothing that it does not know.
    } catch (CommandLine.ParameterException e) {
      throw new AssertionError(where + ": " + e.getMessage(), e);
    }
  }

  private static boolean simulated(List<String> words) {
    return dispatched().get("simulator").contains(words.getFirst())
        && !String.join(" ", words).startsWith("bench incidents"); // which needs the incident desk
  }

  @Test
  void the_launcher_lists_what_it_starts_and_starts_what_there_is() throws IOException {
    Map<String, Set<String>> dispatched = dispatched();
    assertThat(new CommandLine(Main.class).getSubcommands())
        .containsKeys(dispatched.get("gateway").toArray(String[]::new));
    assertThat(new CommandLine(dev.hologrid.simulator.Main.class).getSubcommands())
        .containsKeys(dispatched.get("simulator").toArray(String[]::new));
    Set<String> all = new TreeSet<>(Set.of("test", "build", "fuzz"));
    dispatched.values().forEach(all::addAll);
    assertThat(listed()).containsExactlyInAnyOrderElementsOf(all);
  }

  private static Set<String> listed() throws IOException {
    String usage = launcher().split("TEXT", 3)[1];
    return Pattern.compile("(?m)^  ([a-z]+) ")
        .matcher(usage)
        .results()
        .map(each -> each.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The commands that the launcher hands to each of the two programs, by its last lines. */
  private static Map<String, Set<String>> dispatched() {
    Map<String, Set<String>> dispatched =
        Map.of("gateway", new TreeSet<>(), "simulator", new TreeSet<>());
    String all = launcher();
    List<String> branches =
        BRANCH
            .splitAsStream(all.substring(all.lastIndexOf("case $command in")))
            .filter(each -> each.contains("need_build"))
            .toList();
    for (String branch : branches) {
      List<String> names =
          List.of(branch.substring(0, branch.indexOf(')')).trim().split("\\|", -1));
      dispatched.forEach(
          (program, commands) -> {
            if (branch.contains(program + "_java")) {
              commands.addAll(names);
            }
          });
    }
    return dispatched;
  }

  private static String launcher() {
    try {
      return Files.readString(ROOT.resolve("hologrid"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
