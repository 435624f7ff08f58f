package dev.hologrid.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.incident.AuditAnchors;
import dev.hologrid.gateway.incident.Catalog;
import dev.hologrid.gateway.incident.Database;
import dev.hologrid.gateway.incident.IncidentDesk;
import dev.hologrid.gateway.incident.Opening;
import dev.hologrid.gateway.incident.Origin;
import dev.hologrid.gateway.incident.Outlet;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.Policy;
import dev.hologrid.gateway.incident.Role;
import dev.hologrid.gateway.incident.Roster;
import dev.hologrid.gateway.incident.Subscribers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A chain that was cut at its end is whole by itself; an anchor kept elsewhere knows better. */
class AuditCommandTest {
  private static final Person DESK =
      new Person("dana", "D", Set.of(Role.DISPATCHER), "440605", true, "");
  @TempDir Path folder;

  private String url() {
    return "jdbc:sqlite:" + folder.resolve("incidents.db");
  }

  private static void report(IncidentDesk desk) {
    Opening opening =
        new Opening("ORDER_WASTE", "440605", "bags", "", Origin.RESIDENT, null, List.of());
    desk.open(opening, DESK, null).join();
  }

  private int verify(String... more) {
    String[] words = new String[3 + more.length];
    words[0] = "verify";
    words[1] = "--data";
    words[2] = folder.toString();
    System.arraycopy(more, 0, words, 3, more.length);
    return new CommandLine(new AuditCommand()).execute(words);
  }

  @Test
  void what_was_cut_off_is_found_by_the_anchor_of_a_day() throws IOException {
    Path anchors = folder.resolve("elsewhere/anchors.txt");
    InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-25T10:00:00Z"));
    try (Database database = Database.open(url(), "", "");
        IncidentDesk desk =
            new IncidentDesk(
                database,
                new Policy(Catalog.standard(), new Roster(database).load()),
                code -> List.of(code),
                Clock.systemUTC(),
                Outlet.NONE)) {
      report(desk);
      report(desk);
      AuditAnchors noted = new AuditAnchors(database, List.of(), anchors, clock, Subscribers.NONE);
      noted.start();
      report(desk);
      noted.note();
    }
    Path day = folder.resolve("elsewhere/daily/2026-11-25.txt");
    assertThat(Files.readAllLines(day)).as("the first of the day").hasSize(1);
    assertThat(Files.readAllLines(anchors)).hasSize(2);
    assertThat(verify("--anchor", day.toString())).isZero();
    assertThat(verify("--anchor", folder.resolve("none").toString())).isEqualTo(66);

    try (Database database = Database.open(url(), "", "")) {
      database
          .writer()
          .useHandle(
              handle -> {
                handle.execute(
                    "delete from incident_events where incident <> (select min(id) from incidents)");
                handle.execute("delete from incidents where id <> (select min(id) from incidents)");
              });
    }
    assertThat(verify()).as("by itself it is whole").isZero();
    assertThat(verify("--anchor", day.toString())).isEqualTo(1);
    assertThat(verify("--anchors", anchors.toString())).isEqualTo(1);
  }
}
