package dev.hologrid.gateway.source.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FullHouseTest {
  private static final int FILES = 400;

  @TempDir Path folder;

  private Process start(Path log) throws IOException {
    List<String> command =
        List.of(
            "sh",
            "-c",
            "ulimit -n " + FILES + " && exec \"$@\"",
            "sh",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:-MaxFDLimit",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            FullHouseTarget.class.getName(),
            folder.resolve("data").toString());
    return new ProcessBuilder(command).redirectError(log.toFile()).start();
  }

  private static String ask(Writer to, BufferedReader from) throws IOException {
    to.write("how is it\n");
    to.flush();
    return from.readLine();
  }

  @Test
  @Timeout(value = 90, unit = TimeUnit.SECONDS)
  void without_a_file_for_a_client_it_says_so_once_and_goes_on_when_there_is_one()
      throws Exception {
    Path log = folder.resolve("server.log");
    Process server = start(log);
    List<Socket> crowd = new ArrayList<>();
    try (BufferedReader said = server.inputReader();
        Writer asking = server.outputWriter()) {
      int port = Integer.parseInt(said.readLine());
      try (RawClient first = new RawClient(port, 5)) {
        assertThat(first.connect("first", true, 60).code()).isZero();
      }
      assertThat(ask(asking, said)).startsWith("0 Ok");
      for (int i = 0; i < FILES; i++) { // the system takes in what the server does not accept
        crowd.add(new Socket(InetAddress.getLoopbackAddress(), port));
      }
      String how = ask(asking, said);
      while (how.startsWith("0 ") || how.startsWith("1 ")) { // a second try comes a second later
        how = ask(asking, said);
      }
      assertThat(how).contains("Degraded").contains("Too many open files").contains("ulimit -n");
      for (Socket each : crowd) {
        each.close();
      }
      try (RawClient next = new RawClient(port, 5)) {
        assertThat(next.connect("next", true, 60).code()).isZero();
      }
    } finally {
      for (Socket each : crowd) {
        each.close();
      }
      server.destroyForcibly();
      assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(Files.readString(log))
        .containsOnlyOnce("clients cannot connect")
        .doesNotContain("ServerSocketChannelImpl");
  }
}
