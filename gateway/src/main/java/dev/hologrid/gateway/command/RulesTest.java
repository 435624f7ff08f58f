package dev.hologrid.gateway.command;

import dev.hologrid.rules.language.Issue;
import dev.hologrid.rules.language.Issues;
import dev.hologrid.rules.language.Loaded;
import dev.hologrid.rules.language.RuleFile;
import dev.hologrid.rules.language.RulePack;
import dev.hologrid.rules.language.RuleSet;
import dev.hologrid.rules.language.Spot;
import dev.hologrid.rules.testing.JUnitXml;
import dev.hologrid.rules.testing.RuleTests;
import dev.hologrid.rules.testing.TestCase;
import dev.hologrid.rules.testing.TestResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs unit tests of rules in virtual time. */
@Command(
    name = "test",
    description = {
      "Runs unit tests of rules in virtual time; docs/rules/testing.md tells their form.",
      "Exit code: 0 all passed, 1 a test failed or a file has an error, 66 a file cannot be read."
    },
    mixinStandardHelpOptions = true)
final class RulesTest implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description =
          "Files of tests, or folders with *_test.yaml (default: the shipped rules' own tests).")
  List<String> files = new ArrayList<>();

  @Option(names = "--junit", paramLabel = "FILE", description = "Also writes JUnit XML.")
  @Nullable Path junit;

  @Option(
      names = "--run",
      paramLabel = "REGEX",
      description = "Only tests in whose names this is found.")
  @Nullable Pattern only;

  @Override
  public Integer call() throws IOException {
    List<RuleFile> tests;
    try {
      tests = files.isEmpty() ? RulePack.tests() : RuleSources.tests(files);
    } catch (RuleSources.Missing e) {
      System.err.println("hologrid rules: " + e.getMessage());
      return RulesCommand.NO_INPUT;
    }
    List<JUnitXml.Suite> suites = new ArrayList<>();
    for (RuleFile file : tests) {
      long began = System.nanoTime();
      List<TestResult> results = run(file);
      suites.add(new JUnitXml.Suite(file.name(), results, (System.nanoTime() - began) / 1e9));
      print(file.name(), results);
    }
    Path xml = junit;
    if (xml != null) {
      Files.writeString(Folders.working().resolve(xml), JUnitXml.write(suites));
    }
    List<TestResult> all = suites.stream().flatMap(each -> each.results().stream()).toList();
    long failed = all.stream().filter(each -> !each.passed()).count();
    System.out.println(all.size() - failed + " passed, " + failed + " failed");
    return failed == 0 ? RulesCommand.OK : RulesCommand.FOUND;
  }

  private static void print(String file, List<TestResult> results) {
    System.out.println(file);
    for (TestResult each : results) {
      System.out.println((each.passed() ? "  ok    " : "  FAIL  ") + each.name());
      for (TestResult.Failure failure : each.failures()) {
        System.out.println(failure.toString().indent(4).stripTrailing());
      }
    }
  }

  private List<TestResult> run(RuleFile file) throws IOException {
    RuleTests tests = new RuleTests(file);
    Issues missing = new Issues();
    List<RuleFile> rules = rules(file, tests, missing);
    if (!missing.none()) {
      return List.of(broken(file, missing.sorted()));
    }
    return switch (RuleSet.load(rules)) {
      case Loaded.Broken broken -> List.of(broken(file, broken.issues()));
      case Loaded.Ok ok -> {
        RuleTests.Read read = tests.read(ok.set());
        yield read.issues().isEmpty()
            ? read.tests().stream().filter(this::wanted).map(each -> each.run(ok.set())).toList()
            : List.of(broken(file, read.issues()));
      }
    };
  }

  private boolean wanted(TestCase test) {
    return only == null || only.matcher(test.name()).find();
  }

  private static TestResult broken(RuleFile file, List<Issue> issues) {
    return new TestResult(
        "the files can be read", file.name(), issues.stream().map(RulesTest::failure).toList());
  }

  private static TestResult.Failure failure(Issue issue) {
    String text = issue.toString();
    int line = text.indexOf('\n');
    return new TestResult.Failure(
        issue.file() + ":" + issue.line() + ":" + issue.column(),
        issue.name() + ": " + issue.message(),
        line < 0 ? issue.hint() : text.substring(line + 1));
  }

  /** The rule files of a file of tests, each once. */
  private List<RuleFile> rules(RuleFile file, RuleTests tests, Issues missing) throws IOException {
    Map<String, RuleFile> all = new LinkedHashMap<>();
    boolean shipped = files.isEmpty();
    for (Spot name : tests.ruleFiles()) {
      List<RuleFile> found;
      try {
        found = shipped ? shipped(name.text()) : RuleSources.beside(file.name(), name.text());
      } catch (RuleSources.Missing e) {
        missing.add(name, String.valueOf(e.getMessage()), "");
        continue;
      }
      if (found.isEmpty()) {
        missing.add(
            name,
            "no rule file '" + name.text() + "'",
            "names and globs are relative to this file");
      }
      found.forEach(each -> all.putIfAbsent(each.name(), each));
    }
    return List.copyOf(all.values());
  }

  private static List<RuleFile> shipped(String name) {
    return RulePack.files().stream().filter(each -> each.name().equals("pack/" + name)).toList();
  }
}
