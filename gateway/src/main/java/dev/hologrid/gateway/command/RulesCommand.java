package dev.hologrid.gateway.command;

import dev.hologrid.rules.language.Issue;
import dev.hologrid.rules.language.Loaded;
import dev.hologrid.rules.language.RuleFile;
import dev.hologrid.rules.language.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What can be done with rule files without a server. */
@Command(
    name = "rules",
    description = "Checks rule files.",
    mixinStandardHelpOptions = true,
    subcommands = RulesCommand.Check.class)
public final class RulesCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    System.err.println("hologrid rules: say what to do: check FILES");
    return 64;
  }

  /** Reads all files together, as the server would, and tells every issue. */
  @Command(
      name = "check",
      description = "Reads rule files together and prints every issue with its place.",
      mixinStandardHelpOptions = true)
  static final class Check implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Rule files (YAML).")
    List<Path> files = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
      List<RuleFile> read = new ArrayList<>();
      for (Path each : files) {
        Path file = Folders.working().resolve(each);
        if (!Files.isReadable(file)) {
          System.err.println("hologrid rules: " + each + " cannot be read");
          return 66;
        }
        read.add(new RuleFile(each.toString(), Files.readString(file)));
      }
      return switch (RuleSet.load(read)) {
        case Loaded.Ok ok -> {
          System.out.println(ok.set().rules().size() + " rules, no issue");
          yield 0;
        }
        case Loaded.Broken broken -> {
          for (Issue each : broken.issues()) {
            System.out.println(each);
          }
          System.out.println(broken.issues().size() + " issues");
          yield 1;
        }
      };
    }
  }
}
