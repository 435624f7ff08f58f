package dev.hologrid.gateway.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import picocli.CommandLine;

/** The command line tool that shows what a payload becomes. */
@Isolated("takes the standard output")
class DecodeCommandTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter complaints = new StringWriter();

  @Test
  void a_profile_by_name() throws IOException {
    Path file = file("{\"status\":[{\"code\":\"smoke_sensor_status\",\"value\":\"alarm\"}]}");

    assertThat(run("--profile", "tuya", file.toString())).isZero();
    assertThat(out.toString(UTF_8)).contains("\"kind\":\"smoke\"", "\"smoke\":true");
  }

  @Test
  void a_decoder_that_is_no_profile() throws IOException {
    Path file = file("{\"values\":{\"obscuration\":0.2}}");

    assertThat(run("--profile", "hologrid", file.toString())).isZero();
    assertThat(out.toString(UTF_8)).contains("\"obscuration\":0.2");
  }

  @Test
  void a_refusal_is_shown_and_is_no_success() throws IOException {
    Path file = file("{\"values\":7}");

    assertThat(run("--topic", "hologrid/v1/smoke/sm-1", file.toString())).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("\"reject\":\"WRONG_TYPE\"", "values");
  }

  @Test
  void a_name_that_is_neither_profile_nor_file() throws IOException {
    assertThat(run("--profile", "tuja", file("{}").toString())).isEqualTo(2);
    assertThat(complaints.toString()).contains("'tuja' is no profile and no file", "tuya");
  }

  private Path file(String payload) throws IOException {
    return Files.writeString(folder.resolve("payload"), payload);
  }

  private int run(String... arguments) {
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, UTF_8));
    try {
      return new CommandLine(new DecodeCommand())
          .setErr(new PrintWriter(complaints, true))
          .execute(arguments);
    } finally {
      System.setOut(before);
    }
  }
}
