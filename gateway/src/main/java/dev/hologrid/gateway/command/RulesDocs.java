package dev.hologrid.gateway.command;

import dev.hologrid.rules.language.Catalogue;
import dev.hologrid.rules.language.Issue;
import dev.hologrid.rules.language.Loaded;
import dev.hologrid.rules.language.RuleFile;
import dev.hologrid.rules.language.RulePack;
import dev.hologrid.rules.language.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A rule set as a page for people. */
@Command(
    name = "docs",
    description = "Writes a readable catalogue of a rule set in Markdown.",
    mixinStandardHelpOptions = true)
final class RulesDocs implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "Rule files or folders (default: the shipped rules).")
  List<String> files = new ArrayList<>();

  @Option(names = "--out", description = "The file to write (default: standard output).")
  @Nullable Path out;

  @Option(names = "--title", defaultValue = "Alert rules", description = "The page's heading.")
  String title = "";

  @Override
  public Integer call() throws IOException {
    List<RuleFile> read;
    try {
      read = files.isEmpty() ? RulePack.files() : RuleSources.rules(files);
    } catch (RuleSources.Missing e) {
      System.err.println("hologrid rules: " + e.getMessage());
      return RulesCommand.NO_INPUT;
    }
    return switch (RuleSet.load(read)) {
      case Loaded.Broken broken -> {
        for (Issue each : broken.issues()) {
          System.err.println(each);
        }
        yield RulesCommand.FOUND;
      }
      case Loaded.Ok ok -> {
        String page = Catalogue.markdown(ok.set(), title);
        Path file = out;
        if (file == null) {
          System.out.print(page);
        } else {
          Files.writeString(Folders.working().resolve(file), page);
        }
        yield RulesCommand.OK;
      }
    };
  }
}
