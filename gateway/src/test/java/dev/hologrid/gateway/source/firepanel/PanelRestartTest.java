package dev.hologrid.gateway.source.firepanel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.decode.PanelFrame;
import dev.hologrid.gateway.ingest.ReadingCodec;
import dev.hologrid.gateway.journal.FileJournal;
import dev.hologrid.gateway.journal.Journal;
import dev.hologrid.gateway.journal.JournalConfig;
import dev.hologrid.gateway.testing.RunningGateway;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A frame that is sent again to a server that was started anew. */
class PanelRestartTest {
  private static final int OVERHEAD = PanelFrame.OVERHEAD;

  @TempDir Path data;

  /** A fire of one component, at this minute of a day of 2026. */
  private static byte[] fire(int serial, int minute) {
    byte[] time = {0, (byte) minute, 12, 20, 11, 26};
    byte[] unit = new byte[48];
    unit[0] = 2;
    unit[1] = 1;
    unit[2] = 1;
    unit[3] = 1;
    unit[4] = 40;
    unit[9] = 2;
    System.arraycopy(time, 0, unit, 42, 6);
    return new PanelFrame(serial, 1, time, 0x379, 0x15b38, PanelFrame.DATA, unit).bytes();
  }

  private void sent(byte[]... frames) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (RunningGateway gateway =
            RunningGateway.in(data, Map.of("fire-panel.port", String.valueOf(port)));
        Socket panel = new Socket(InetAddress.getLoopbackAddress(), port)) {
      assertThat(gateway.gateway().httpPort()).isPositive();
      panel.setSoTimeout(10_000);
      DataInputStream in = new DataInputStream(panel.getInputStream());
      for (byte[] each : frames) {
        panel.getOutputStream().write(each);
        byte[] answer = new byte[OVERHEAD];
        in.readFully(answer);
        assertThat(answer[26]).isEqualTo((byte) PanelFrame.CONFIRM);
      }
    }
  }

  private List<Long> stored() throws IOException {
    List<Long> times = new ArrayList<>();
    ReadingCodec codec = new ReadingCodec();
    try (FileJournal journal =
            FileJournal.open(
                "readings", data.resolve("journal/readings"), JournalConfig.defaults());
        Journal.Reader reader = journal.reader(0)) {
      while (reader.read(
              1_000,
              (offset, record) ->
                  codec.decode(offset, record).readings().stream()
                      .filter(each -> each.shape().indexOf("fire") >= 0)
                      .forEach(each -> times.add(each.time())))
          > 0) {
        // until the end
      }
    }
    return times;
  }

  @Test
  void what_was_stored_before_the_restart_is_confirmed_and_not_stored_twice() throws IOException {
    sent(fire(1, 0), fire(2, 1));
    assertThat(stored()).hasSize(2);
    sent(fire(1, 0), fire(3, 2), fire(3, 2));
    assertThat(stored()).as("one more, and that once").hasSize(3).doesNotHaveDuplicates();
  }
}
