package dev.hologrid.gateway.command;

import dev.hologrid.gateway.journal.Damage;
import dev.hologrid.gateway.journal.FileJournal;
import dev.hologrid.gateway.journal.Journal;
import dev.hologrid.gateway.journal.JournalConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads every record of the journals and tells what cannot be read. */
@Command(
    name = "verify",
    description =
        "Reads every record of the journals of a stopped server; names each damaged place with its"
            + " file, byte and the offsets that are lost. Exits 1 when there is any.",
    mixinStandardHelpOptions = true)
final class JournalVerify implements Callable<Integer> {
  private static final int BATCH = 10_000;

  @Option(names = "--data", defaultValue = "data", description = "(default: ./${DEFAULT-VALUE})")
  Path data = Path.of("data");

  @Override
  public Integer call() throws IOException {
    Path folder = Folders.working().resolve(data);
    int damaged = 0;
    for (JournalExport.Name each : JournalExport.Name.each()) {
      Path one = folder.resolve(each.folder);
      if (!Files.isDirectory(one)) {
        System.err.println("hologrid: " + one + " is not there; --data names the data folder");
        return 66;
      }
      damaged += verify(each.name().toLowerCase(Locale.ROOT), one);
    }
    return damaged == 0 ? 0 : 1;
  }

  private static int verify(String name, Path folder) throws IOException {
    try (FileJournal journal = FileJournal.open(name, folder, JournalConfig.defaults());
        Journal.Reader reader = journal.reader(journal.begin())) {
      long[] records = {0};
      int read = BATCH;
      while (read > 0) {
        read = reader.read(BATCH, (offset, record) -> records[0]++);
      }
      List<Damage> damages = journal.damages();
      System.out.printf(
          Locale.ROOT,
          "%-11s offsets %d to %d, %d records, %s%n",
          name,
          journal.begin(),
          journal.end() - 1,
          records[0],
          damages.isEmpty() ? "whole" : damages.size() + " damaged places:");
      damages.forEach(each -> System.out.println("  " + each));
      return damages.size();
    }
  }
}
