package dev.hologrid.rules.testing;

import dev.hologrid.rules.language.Issue;
import dev.hologrid.rules.language.Issues;
import dev.hologrid.rules.language.RuleFile;
import dev.hologrid.rules.language.RuleSet;
import dev.hologrid.rules.language.Section;
import dev.hologrid.rules.language.Spot;
import java.util.ArrayList;
import java.util.List;

/** A file of rule tests; its form is described in {@code docs/rules/testing.md}. */
public final class RuleTests {
  private final RuleFile file;

  public RuleTests(RuleFile file) {
    this.file = file;
  }

  /**
   * What a file of tests holds: its tests, or every issue at once.
   *
   * @param tests empty when there is an issue
   */
  public record Read(List<TestCase> tests, List<Issue> issues) {
    public Read {
      tests = List.copyOf(tests);
      issues = List.copyOf(issues);
    }
  }

  /** What the file calls the rule files it tests: names or globs, relative to its own folder. */
  public List<Spot> ruleFiles() {
    Section root = Section.parse(file, new Issues());
    return root == null ? List.of() : root.texts("rule_files");
  }

  /** Reads the tests against the rules that they are of. */
  public Read read(RuleSet rules) {
    Issues issues = new Issues();
    List<TestCase> tests = new ArrayList<>();
    Section root = Section.parse(file, issues);
    if (root != null) {
      List<Spot> files = root.texts("rule_files");
      long interval = root.duration("evaluation_interval", 60_000);
      if (!root.has("tests")) {
        issues.add(root.here(), "a file of tests needs 'tests'", "");
      }
      for (Section section : root.sections("tests")) {
        if (!section.isMapping()) {
          continue;
        }
        tests.add(new TestReader(section, rules, issues).read(interval, tests.size() + 1));
        section.refuseOtherKeys();
      }
      if (files.isEmpty()) {
        issues.add(root.here(), "a file of tests names its 'rule_files'", "");
      }
      root.refuseOtherKeys();
    }
    return issues.none() ? new Read(tests, List.of()) : new Read(List.of(), issues.sorted());
  }
}
