package dev.hologrid.gateway.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hologrid.gateway.backtest.Recorded;
import dev.hologrid.rules.language.Issue;
import dev.hologrid.rules.language.Loaded;
import dev.hologrid.rules.language.RuleFile;
import dev.hologrid.rules.language.RulePack;
import dev.hologrid.rules.language.RuleSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads all files together, as the server would, and tells every issue. */
@Command(
    name = "check",
    description = {
      "Reads rule files together, as the server would, and prints every issue with its place.",
      "Exit code: 0 no error, 1 errors, 66 a file cannot be read. Warnings alone are 0."
    },
    mixinStandardHelpOptions = true)
final class RulesCheck implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "Rule files or folders (default: the shipped rules).")
  List<String> files = new ArrayList<>();

  @Option(names = "--json", description = "Prints one JSON object instead.")
  boolean json;

  @Option(
      names = "--data",
      description =
          "A server's data folder: also warns of rules for which no device has spoken in the"
              + " last day that its journal holds. The server may run.")
  @Nullable Path data;

  @Option(
      names = "--pack",
      description =
          "Also reads the shipped rules, as a server does unless alerting.pack is false; a file"
              + " named as one of theirs stands in its place.")
  boolean pack;

  @Override
  public Integer call() throws IOException {
    List<RuleFile> read;
    try {
      read = files.isEmpty() ? RulePack.files() : withPack(RuleSources.rules(files));
    } catch (RuleSources.Missing e) {
      System.err.println("hologrid rules: " + e.getMessage());
      return RulesCommand.NO_INPUT;
    }
    Loaded loaded = RuleSet.load(read);
    List<Issue> issues = new ArrayList<>(loaded.issueList());
    Path folder = data;
    if (folder != null && loaded instanceof Loaded.Ok ok) {
      Recorded recorded = new Recorded(Folders.working().resolve(folder));
      if (!recorded.exists()) {
        System.err.println("hologrid rules: " + folder + " holds no journal of readings");
        return RulesCommand.NO_INPUT;
      }
      issues.addAll(recorded.seenInLastDay().warnings(ok.set(), "in the last day"));
    }
    int rules = loaded instanceof Loaded.Ok ok ? ok.set().rules().size() : 0;
    long errors = issues.stream().filter(each -> each.level() == Issue.Level.ERROR).count();
    if (json) {
      System.out.println(json(read.size(), rules, errors == 0, issues));
    } else {
      issues.forEach(System.out::println);
      System.out.println(summary(read.size(), rules, errors, issues.size() - errors));
    }
    return errors == 0 ? RulesCommand.OK : RulesCommand.FOUND;
  }

  private List<RuleFile> withPack(List<RuleFile> own) {
    return pack ? RulePack.beside(own) : own;
  }

  private static String summary(int files, int rules, long errors, long warnings) {
    String in = files == 1 ? "1 file" : files + " files";
    String warned = warnings == 0 ? "" : ", " + count(warnings, "warning");
    return errors == 0
        ? count(rules, "rule") + " in " + in + ", no error" + warned
        : count(errors, "error") + warned + " in " + in + "; nothing of it would be loaded";
  }

  private static String count(long many, String what) {
    return many + " " + what + (many == 1 ? "" : "s");
  }

  private static String json(int files, int rules, boolean valid, List<Issue> issues) {
    ObjectNode root = JSON.createObjectNode();
    root.put("valid", valid).put("files", files).put("rules", rules);
    var list = root.putArray("issues");
    for (Issue each : issues) {
      list.addObject()
          .put("file", each.file())
          .put("line", each.line())
          .put("column", each.column())
          .put("level", each.name())
          .put("message", each.message())
          .put("suggestion", each.hint())
          .put("excerpt", each.excerpt());
    }
    return root.toPrettyString();
  }
}
