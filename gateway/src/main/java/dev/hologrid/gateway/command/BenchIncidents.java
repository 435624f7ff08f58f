package dev.hologrid.gateway.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** An alarm storm, and a database that has grown for years; each on a gateway of its own. */
@Command(
    name = "incidents",
    description = {
      "An alarm storm of 5,000 detectors of one town within 60 s, and lists and indicators over"
          + " 1,000,000 incidents, asked over HTTP.",
      "Without --storm or --million both. Ends with 1 when a promise is not kept."
    },
    mixinStandardHelpOptions = true)
final class BenchIncidents implements Callable<Integer> {
  @Option(names = "--storm", description = "The storm only.")
  boolean storm;

  @Option(names = "--million", description = "The large database only.")
  boolean million;

  @Option(
      names = "--detectors",
      defaultValue = "5000",
      description = "How many (default: ${DEFAULT-VALUE}).")
  int detectors;

  @Option(
      names = "--seconds",
      defaultValue = "60",
      description = "The storm's length (default: ${DEFAULT-VALUE}).")
  int seconds;

  @Option(
      names = "--count",
      defaultValue = "1000000",
      description = "Incidents in the large database (default: ${DEFAULT-VALUE}).")
  int count;

  @Option(
      names = "--database",
      defaultValue = "sqlite",
      description =
          "The large database is in sqlite or postgresql, Debian's, started for it"
              + " (default: ${DEFAULT-VALUE}).")
  BenchDatabase.Kind database = BenchDatabase.Kind.SQLITE;

  @Option(names = "--json", description = "Writes the figures to this file, too.")
  @Nullable Path json;

  @Override
  public Integer call() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode report = mapper.createObjectNode();
    boolean both = storm == million;
    boolean kept = true;
    Path folder = Files.createTempDirectory("hologrid-bench");
    try {
      if (storm || both) {
        IncidentStorm measured = new IncidentStorm(folder.resolve("storm"), detectors, seconds);
        kept &= measured.run(report.putObject("storm"));
      }
      if (million || both) {
        kept &=
            new IncidentMillion(folder.resolve("million"), count, database)
                .run(report.putObject("million"));
      }
    } finally {
      delete(folder);
    }
    report.put("kept", kept);
    String text = mapper.writerWithDefaultPrettyPrinter().writeValueAsString(report);
    System.out.println(text);
    if (json != null) {
      Files.writeString(Folders.working().resolve(json), text + "\n");
    }
    return kept ? 0 : 1;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(
              each -> {
                try {
                  Files.delete(each);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
