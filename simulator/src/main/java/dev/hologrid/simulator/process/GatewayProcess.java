package dev.hologrid.simulator.process;

import dev.hologrid.simulator.mqtt.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A gateway on free ports. */
public final class GatewayProcess implements AutoCloseable {
  private static final Pattern HTTP = Pattern.compile("http://[^:/]+:(\\d+)");
  private static final Pattern MQTT = Pattern.compile("mqtt://[^:/]+:(\\d+)");
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** It ended, or said nothing, before it was ready. */
  public static final class NotStarted extends IOException {
    private static final long serialVersionUID = 1L;
    private final int exitValue;

    NotStarted(IOException cause, int exitValue) {
      super(cause.getMessage() + " (exit " + exitValue + ")", cause);
      this.exitValue = exitValue;
    }

    public int exitValue() {
      return exitValue;
    }
  }

  /** USER_HZ, which Linux fixes at 100 for what it shows to programs. */
  private static final double TICKS_PER_SECOND = 100;

  private final Child child;
  private final URI http;
  private final Server mqtt;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  private GatewayProcess(Child child, int httpPort, int mqttPort) {
    this.child = child;
    this.http = URI.create("http://127.0.0.1:" + httpPort);
    this.mqtt = new Server("127.0.0.1", mqttPort);
  }

  /**
   * Starts it and waits until it says that it is ready.
   *
   * @param prefix a program to run it under, for example strace with its options; empty for none
   */
  public static GatewayProcess start(
      Path data, int mqttPort, List<String> prefix, List<String> more)
      throws IOException, InterruptedException {
    return start(data, mqttPort, prefix, List.of("-Xmx1g"), more);
  }

  /**
   * The same with options for its Java machine.
   *
   * @param jvm such as {@code -Xmx512m}
   */
  public static GatewayProcess start(
      Path data, int mqttPort, List<String> prefix, List<String> jvm, List<String> more)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(prefix);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "gateway",
                "--http-port",
                "0",
                "--mqtt-port",
                Integer.toString(mqttPort),
                "--data",
                data.toString(),
                "--set",
                "http.mode=open"));
    arguments.addAll(more);
    line.addAll(Programs.gateway(jvm, arguments));
    Files.createDirectories(data);
    Map<Pattern, Integer> ports = new ConcurrentHashMap<>();
    Child child =
        Child.start(
            line,
            data.resolveSibling(data.getFileName() + ".log"),
            said -> {
              find(said, HTTP, ports);
              find(said, MQTT, ports);
              return ports.size() == 2;
            });
    try {
      String unused = child.awaitReady(Duration.ofSeconds(90));
    } catch (IOException e) {
      child.kill();
      throw new NotStarted(e, child.exitValue());
    } catch (InterruptedException e) {
      child.kill();
      throw e;
    }
    return new GatewayProcess(child, ports.getOrDefault(HTTP, 0), ports.getOrDefault(MQTT, 0));
  }

  private static void find(String line, Pattern pattern, Map<Pattern, Integer> ports) {
    Matcher matcher = pattern.matcher(line);
    if (matcher.find()) {
      ports.put(pattern, Integer.parseInt(matcher.group(1)));
    }
  }

  public Server mqtt() {
    return mqtt;
  }

  public URI http() {
    return http;
  }

  public Child child() {
    return child;
  }

  /** The state of {@code path}: 200, 503, … */
  public int status(String path) throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(http.resolve(path)).timeout(PATIENCE).build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  /** GET, as text. */
  public String get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(http.resolve(path)).timeout(PATIENCE).build(),
            BodyHandlers.ofString());
    return answer.body();
  }

  /** POST of JSON, as a program that is no browser; the state of the answer. */
  public int post(String path, String json) throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(http.resolve(path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("X-HoloGrid", "1")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  /** The unlabelled metrics, and labelled ones summed over their labels. */
  public Map<String, Double> metrics() throws IOException, InterruptedException {
    Map<String, Double> metrics = new HashMap<>();
    for (String line : get("/metrics").split("\n", -1)) {
      int space = line.lastIndexOf(' ');
      if (!line.startsWith("#") && space > 0) {
        String name = line.substring(0, space).replaceAll("\\{.*", "");
        metrics.merge(name, Double.parseDouble(line.substring(space + 1)), Double::sum);
      }
    }
    return metrics;
  }

  /** A metric's value, 0 when it is missing. */
  public double metric(String name) throws IOException, InterruptedException {
    return metrics().getOrDefault(name, 0.0);
  }

  /** A metric's sample with this label value, 0 when it is missing. */
  public double labelled(String name, String labelValue) throws IOException, InterruptedException {
    return get("/metrics")
        .lines()
        .filter(line -> line.startsWith(name + "{") && line.contains("=\"" + labelValue + "\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Processor time of all its threads since the start, in seconds. */
  public double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + child.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  /** Resident memory in MiB. */
  public double residentMiB() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + child.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() {
    child.close();
    client.shutdownNow();
  }
}
