package dev.hologrid.gateway.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.disk.DiskReserve;
import dev.hologrid.gateway.journal.FileJournal;
import dev.hologrid.gateway.journal.JournalConfig;
import dev.hologrid.gateway.testing.Await;
import dev.hologrid.rules.Severity;
import dev.hologrid.rules.alert.Alert;
import dev.hologrid.rules.alert.AlertEvent;
import dev.hologrid.rules.alert.AlertId;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertWriterTest {
  private static final long TOO_LARGE_TO_COME_BACK = 8L << 40;

  @TempDir Path folder;

  private static AlertEvent event(long offset) {
    Alert alert =
        new Alert(
            new AlertId("smoke", "sm-1", offset),
            Severity.MAJOR,
            "smoke",
            "b1",
            1,
            null,
            0.2,
            Map.of(),
            Map.of(),
            List.of(),
            "obscuration >= 0.15",
            List.of());
    return new AlertEvent(AlertEvent.Kind.RAISED, alert, 1, 1);
  }

  /** Or the watchdog would be content while alerts do not reach the disk. */
  @Test
  void what_was_heard_counts_once_the_alerts_from_before_it_are_on_disk() throws Exception {
    try (RandomAccessFile sparse = new RandomAccessFile(folder.resolve("reserve").toFile(), "rw")) {
      sparse.setLength(TOO_LARGE_TO_COME_BACK);
    }
    try (DiskReserve reserve = new DiskReserve(folder, TOO_LARGE_TO_COME_BACK).start();
        FileJournal journal =
            FileJournal.open(
                "alerts", folder.resolve("alerts"), JournalConfig.defaults(), reserve, true)) {
      AlertWriter writer = new AlertWriter(journal, () -> 0, new Latency());
      assertThat(writer.heardAt()).isZero();
      writer.heard(10);
      assertThat(writer.heardAt()).as("no alerts before it").isEqualTo(10);
      writer.append(event(1), 1, 0, false);
      writer.heard(20);
      Await.until("the alert is on disk", () -> writer.heardAt() == 20);
      reserve.release(); // from now on this journal waits
      writer.append(event(2), 2, 0, false);
      writer.heard(30);
      Await.until("it waits", () -> !journal.ready());
      for (int i = 0; i < 100; i++) {
        writer.heard(40 + i);
      }
      assertThat(writer.heardAt()).isEqualTo(20);
    }
  }
}
