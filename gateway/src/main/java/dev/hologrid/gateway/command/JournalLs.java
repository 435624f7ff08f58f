package dev.hologrid.gateway.command;

import dev.hologrid.gateway.journal.StoredJournal;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The files of a journal. */
@Command(
    name = "ls",
    description = "Lists the files of a journal: first offset, size, last write.",
    mixinStandardHelpOptions = true)
final class JournalLs implements Callable<Integer> {
  @Mixin JournalPart part = new JournalPart();

  @Override
  public Integer call() throws IOException {
    int status = 0;
    for (String each : part.names("readings")) {
      status = Math.max(status, list(each));
    }
    return status;
  }

  private int list(String name) throws IOException {
    try (StoredJournal journal = part.open(name)) {
      if (journal == null) {
        return 66;
      }
      System.out.printf("%-24s %15s %14s  %s%n", "FILE", "FIRST OFFSET", "BYTES", "LAST WRITE");
      for (StoredJournal.File each : journal.files()) {
        System.out.printf(
            "%-24s %15d %14d  %s%n",
            each.name(), each.begin(), each.bytes(), Instant.ofEpochMilli(each.changedAt()));
      }
      return 0;
    }
  }
}
