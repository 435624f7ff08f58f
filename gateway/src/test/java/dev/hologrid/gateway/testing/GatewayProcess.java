package dev.hologrid.gateway.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The whole server as a process of its own, so that it can be killed. */
public final class GatewayProcess implements AutoCloseable {
  private static final Pattern HTTP = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/");
  private static final Pattern MQTT = Pattern.compile("mqtt://127\\.0\\.0\\.1:(\\d+)");

  private final Process process;
  private final int httpPort;
  private final int mqttPort;

  private GatewayProcess(Process process, int httpPort, int mqttPort) {
    this.process = process;
    this.httpPort = httpPort;
    this.mqttPort = mqttPort;
  }

  /** Returns once it is ready. */
  public static GatewayProcess start(Path data, String... more) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.hologrid.gateway.Main",
                "gateway",
                "--http-port",
                "0",
                "--mqtt-port",
                "0",
                "--data",
                data.toString(),
                "--set",
                "archive.kind=none",
                "--set",
                "http.mode=open"));
    line.addAll(List.of(more));
    Process process =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    int http = 0;
    int mqtt = 0;
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    while (http == 0 || mqtt == 0) {
      String each = lines.readLine();
      if (each == null) {
        throw new IOException("the gateway ended before it was ready");
      }
      Matcher httpAt = HTTP.matcher(each);
      Matcher mqttAt = MQTT.matcher(each);
      http = httpAt.find() ? Integer.parseInt(httpAt.group(1)) : http;
      mqtt = mqttAt.find() ? Integer.parseInt(mqttAt.group(1)) : mqtt;
    }
    return new GatewayProcess(process, http, mqtt);
  }

  public int mqttPort() {
    return mqttPort;
  }

  public Api api() {
    return new Api(httpPort);
  }

  /** SIGKILL, and waits for the end. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the gateway did not stop after SIGTERM");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
