package dev.hologrid.gateway.command;

import dev.hologrid.gateway.journal.Damage;
import dev.hologrid.gateway.journal.StoredJournal;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Reads every record of the journals and tells what cannot be read. */
@Command(
    name = "verify",
    description =
        "Reads every record of the journals, also beside a running server; names each damaged place"
            + " with its file, byte and the offsets that are lost. Exits 1 when there is any.",
    mixinStandardHelpOptions = true)
final class JournalVerify implements Callable<Integer> {
  @Mixin JournalPart part = new JournalPart();

  @Override
  public Integer call() throws IOException {
    int damaged = 0;
    List<String> names = part.names("all");
    for (String each : names) {
      if (names.size() > 1 && each.equals("audit") && !part.there(each)) {
        continue; // a data folder from before there was one
      }
      try (StoredJournal journal = part.open(each)) {
        if (journal == null) {
          return 66;
        }
        damaged += verify(each, journal);
      }
    }
    return damaged == 0 ? 0 : 1;
  }

  private static int verify(String name, StoredJournal journal) throws IOException {
    StoredJournal.Walk walk = journal.read(0, (offset, record) -> {}, damage -> {});
    List<Damage> damages = walk.damages();
    System.out.printf(
        Locale.ROOT,
        "%-11s offsets %d to %d, %d records, %s%s%n",
        name,
        walk.begin(),
        walk.end() - 1,
        walk.records(),
        damages.isEmpty() ? "whole" : damages.size() + " damaged places:",
        walk.tailBytes() == 0
            ? ""
            : " ("
                + walk.tailBytes()
                + " bytes at the end are being written or were never acknowledged)");
    damages.forEach(each -> System.out.println("  " + each));
    return damages.size();
  }
}
