package dev.hologrid.gateway.command;

import dev.hologrid.gateway.journal.StoredJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which journal of which data folder. */
final class JournalPart {
  @Option(names = "--data", defaultValue = "data", description = "(default: ./${DEFAULT-VALUE})")
  Path data = Path.of("data");

  @Option(
      names = "--journal",
      description =
          "readings, quarantine, alerts, audit or all (default: readings; verify looks at all).")
  String journal = "";

  /** Those that every server has; {@code audit} is one that older data folders lack. */
  static final List<String> ALL = List.of("readings", "quarantine", "alerts", "audit");

  /** The names that were asked for. */
  List<String> names(String otherwise) {
    String asked = journal.isEmpty() ? otherwise : journal;
    return asked.equals("all") ? ALL : List.of(asked);
  }

  boolean there(String name) {
    return Files.isDirectory(Folders.working().resolve(data).resolve("journal/" + name));
  }

  /** Opens it, or says what is missing and gives null. */
  @Nullable StoredJournal open(String name) throws IOException {
    Path root = Folders.working().resolve(data);
    Path folder = root.resolve(name.equals("quarantine") ? name : "journal/" + name);
    if (!ALL.contains(name) || !Files.isDirectory(folder)) {
      System.err.println(
          "hologrid: " + folder + " is not there; --data names the server's data folder");
      return null;
    }
    return StoredJournal.open(folder);
  }
}
