package dev.hologrid.gateway.command;

import dev.hologrid.gateway.audit.Anchor;
import dev.hologrid.gateway.audit.AuditWalk;
import dev.hologrid.gateway.config.Settings;
import dev.hologrid.gateway.incident.AuditVerifier;
import dev.hologrid.gateway.incident.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What can be said of the record of incidents afterwards. */
@Command(
    name = "audit",
    description = "Checks the tamper-evident records of incidents and of security decisions.",
    mixinStandardHelpOptions = true,
    subcommands = AuditCommand.Verify.class)
public final class AuditCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    System.err.println("hologrid audit: say what to do: audit verify");
    return 64;
  }

  /** Exit codes: 0 whole, 1 something was changed, 66 nothing to look at. */
  @Command(
      name = "verify",
      description = {
        "Walks the hash chain of all incident events, compares it with the anchors noted beside the"
            + " database, and replays every incident.",
        "Then the same for the record of security decisions.",
        "Ends with 1 and the first bad event when something was changed or cut off."
      },
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {
    @Option(
        names = "--data",
        defaultValue = "data",
        description = "The data folder (default: ./${DEFAULT-VALUE}).")
    Path data = Path.of("data");

    @Option(
        names = "--config",
        description = "A configuration file, where incidents are in PostgreSQL.")
    @Nullable Path config;

    @Option(
        names = {"--anchor", "--anchors"},
        description =
            "A file with anchors: one of audit/daily that was kept elsewhere, or a notification as"
                + " it was received (default: audit/anchors.txt in the data folder).")
    @Nullable Path anchors;

    @Override
    public Integer call() throws IOException {
      Path folder = Folders.working().resolve(data);
      Settings settings =
          config == null
              ? Settings.none(System.getenv())
              : Settings.read(Folders.working().resolve(config), System.getenv());
      String url = settings.at("incidents.url").text("");
      Path file = folder.resolve("incidents.db");
      if (url.isEmpty() && !Files.exists(file)) {
        System.err.println("hologrid: " + file + " is not there; --data names the data folder");
        return 66;
      }
      Path noted =
          anchors != null
              ? Folders.working().resolve(anchors)
              : settings.at("incidents.anchors").path(folder.resolve("audit/anchors.txt"));
      if (anchors != null && !Files.exists(noted)) {
        System.err.println("hologrid: " + noted + " is not there; --anchor names a file");
        return 66;
      }
      try (Database database =
          Database.look(
              url.isEmpty() ? "jdbc:sqlite:" + file : url,
              settings.at("incidents.user").text(""),
              settings.at("incidents.password").secret().reveal())) {
        List<Anchor> known =
            anchors == null ? Anchor.noted(noted) : Anchor.received(Files.readString(noted));
        int incidents = verify(new AuditVerifier(database), known);
        return Math.max(incidents, security(folder, known));
      } catch (IllegalArgumentException e) {
        System.err.println("hologrid audit: " + noted + ": " + e.getMessage());
        return 65;
      }
    }

    /** Who was let in and who was not; kept in the data folder wherever incidents are. */
    private static int security(Path data, List<Anchor> anchors) throws IOException {
      AuditWalk.Verdict verdict = AuditWalk.verify(data, anchors);
      if (!verdict.whole()) {
        System.out.println("NOT WHOLE: security decisions: " + verdict.firstBad());
        System.out.println(verdict.entries() + " security decisions before it are in order");
        return 1;
      }
      System.out.println(
          verdict.entries() + " security decisions in order, head " + verdict.head());
      System.out.println(verdict.anchors() + " anchors of security decisions agree");
      if (verdict.older() > 0) {
        System.out.println(verdict.older() + " anchors are older than the oldest decision kept");
      }
      return 0;
    }

    private static int verify(AuditVerifier verifier, List<Anchor> anchors) {
      AuditVerifier.Verdict verdict = verifier.verify(anchors);
      if (!verdict.whole()) {
        System.out.println("NOT WHOLE: " + verdict.firstBad());
        System.out.println(verdict.events() + " events before it are in order");
        return 1;
      }
      System.out.println(verdict.events() + " events in order, head " + verdict.head());
      System.out.println(verdict.anchors() + " anchors agree");
      String falsePicture = verifier.firstFalsePicture();
      if (falsePicture != null) {
        System.out.println("NOT WHOLE: " + falsePicture);
        return 1;
      }
      System.out.println("every incident is stored as its events say");
      return 0;
    }
  }
}
