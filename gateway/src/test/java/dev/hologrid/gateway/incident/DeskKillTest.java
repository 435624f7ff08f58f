package dev.hologrid.gateway.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.journal.Follower.Entry;
import dev.hologrid.gateway.testing.KilledChild;
import dev.hologrid.rules.Severity;
import dev.hologrid.rules.alert.AlertEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of the desk in mid-work, again and again: no incident missing, none twice. */
class DeskKillTest {
  private static final int ALERTS = 600;
  private static final int BUILDINGS = 60;
  private static final int ROUNDS = 3;

  @TempDir Path folder;

  @Test
  void what_was_taken_is_there_once_after_every_kill() throws Exception {
    Path file = folder.resolve("incidents.db");
    Random random = new Random(7);
    long reached = 0;
    for (int i = 0; i < ROUNDS; i++) {
      long said = killedAfter(file, 2 + random.nextInt(14));
      try (DeskKit kit = new DeskKit(Database.open("jdbc:sqlite:" + file, "", ""))) {
        long next = kit.desk.nextOffset("incidents");
        assertThat(next).isGreaterThanOrEqualTo(said).isGreaterThanOrEqualTo(reached);
        assertThat(attached(kit)).isEqualTo(next);
        assertThat(new AuditVerifier(kit.database).verify().whole()).isTrue();
        reached = next;
      }
    }
    try (DeskKit kit = new DeskKit(Database.open("jdbc:sqlite:" + file, "", ""))) {
      assertThat(reached).isPositive();
      // The last batch comes again, as after a crash between work and checkpoint.
      work(kit.desk, Math.max(0, kit.desk.nextOffset("incidents") - 20), () -> {});
      assertThat(attached(kit)).isEqualTo(ALERTS);
      assertThat(kit.all()).hasSize(BUILDINGS);
      assertThat(kit.all().stream().mapToInt(each -> each.counts().alerts()).sum())
          .isEqualTo(ALERTS);
      assertThat(kit.all()).allMatch(each -> kit.queries.replays(each.id()));
    }
  }

  private static long attached(DeskKit kit) {
    return kit.database
        .reader()
        .withHandle(
            h -> h.createQuery("select count(*) from incident_alerts").mapTo(Long.class).one());
  }

  /** Kills the child after it has said so many times that a batch is on disk. */
  private static long killedAfter(Path file, int batches) throws Exception {
    String said = KilledChild.after(batches, "taken", Child.class, file.toString());
    return said.isEmpty() ? 0 : Long.parseLong(said);
  }

  private interface Said {
    void taken();
  }

  private static void work(IncidentDesk desk, long from, Said said) {
    for (long next = from; next < ALERTS; next = Math.min(next + 10, ALERTS)) {
      List<Entry<AlertEvent>> batch = new ArrayList<>();
      for (long i = next; i < Math.min(next + 10, ALERTS); i++) {
        String building = Town.GRID + "-%05d".formatted(i % BUILDINGS);
        batch.add(Town.raised(i, Town.alert("smoke", "s" + i, i, building, Severity.MAJOR)));
      }
      desk.take("incidents", batch);
      said.taken();
    }
  }

  /** The process that is killed. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) {
      try (DeskKit kit = new DeskKit(Database.open("jdbc:sqlite:" + args[0], "", ""))) {
        IncidentDesk desk = kit.desk;
        work(
            desk,
            desk.nextOffset("incidents"),
            () -> System.out.println("taken " + desk.nextOffset("incidents")));
      }
    }
  }
}
