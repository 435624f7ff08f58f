package dev.hologrid.simulator.fleet;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.simulator.ledger.Ledger;
import dev.hologrid.simulator.mqtt.Server;
import dev.hologrid.simulator.officers.Officers;
import dev.hologrid.simulator.site.Site;
import dev.hologrid.simulator.site.SiteReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plays a fleet against a gateway or broker until it is stopped. */
@Command(
    name = "simulate",
    description =
        "Connects a fleet of simulated devices to a gateway or broker and plays a scenario until"
            + " Ctrl-C or SIGTERM; then waits for outstanding acknowledgements and prints the totals"
            + " as one line of JSON.",
    mixinStandardHelpOptions = true)
public final class SimulateCommand implements Callable<Integer> {
  private static final Duration DRAIN = Duration.ofSeconds(6);
  private static final Duration PACE = Duration.ofSeconds(4);
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(
      names = "--mqtt",
      defaultValue = "mqtt://127.0.0.1:1883",
      description = "Where devices connect (default: ${DEFAULT-VALUE}).")
  String mqtt = "mqtt://127.0.0.1:1883";

  @Option(
      names = "--site",
      required = true,
      description = "The folder of the site files; the district command makes one.")
  Path site = Path.of("site");

  @Option(names = "--scenario", description = "A scenario file (default: the demo's).")
  @Nullable Path scenario;

  @Option(names = "--devices", description = "Connect so many devices, whatever the scenario says.")
  @Nullable Integer devices;

  @Option(
      names = "--rate",
      description = "Routine messages a second of the whole fleet, whatever the scenario says.")
  @Nullable Double rate;

  @Option(
      names = "--ledger",
      description = "Where to keep what was sent and acknowledged (NDJSON).")
  @Nullable Path ledger;

  @Option(
      names = "--http",
      defaultValue = "http://127.0.0.1:8080",
      description = "The gateway's API, for --officers (default: ${DEFAULT-VALUE}).")
  String http = "http://127.0.0.1:8080";

  @Option(
      names = "--officers",
      description = "Also plays dispatchers and officers who carry incidents through the workflow.")
  boolean officers;

  @Option(names = "--for", description = "Stops by itself after this time, for example 30s.")
  @Nullable String atMost;

  @Option(names = "--json", description = "Prints progress as one line of JSON a second.")
  boolean json;

  private final CountDownLatch stopAsked = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final PrintStream out = System.out;
  private volatile boolean finished;

  @Override
  public Integer call() throws Exception {
    Duration length = atMost == null ? null : ScenarioReader.duration(atMost);
    Site read = SiteReader.read(site);
    Scenario plan = sized(ScenarioReader.read(scenario), read);
    double pace = rate == null ? 1 : rate / Fleet.routineRate(Fleet.cast(read, plan), plan);
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "stop"));
    InstantSource clock = InstantSource.system();
    try (@Nullable Officers people = officers ? staff(read, plan) : null;
        Ledger book = ledger == null ? Ledger.none() : Ledger.open(ledger);
        Fleet fleet =
            new Fleet(read, plan, Server.of(mqtt), new Account(book, clock), clock, pace)) {
      if (people != null) {
        people.start();
      }
      play(fleet, book, length);
      finished = true;
    } finally {
      stopped.countDown();
    }
    return 0;
  }

  private Officers staff(Site read, Scenario plan) {
    return new Officers(URI.create(http), read.people(), plan.seed(), PACE);
  }

  private Scenario sized(Scenario plan, Site read) {
    if (devices == null) {
      return plan;
    }
    double share = Math.min(1.0, devices / (double) Math.max(1, read.devices().size()));
    return new Scenario(
        plan.seed(),
        share,
        plan.connectsPerSecond(),
        plan.every(),
        plan.ordinaryEvery(),
        plan.repeatEvery(),
        plan.happenings());
  }

  private void play(Fleet fleet, Ledger book, @Nullable Duration length)
      throws InterruptedException {
    long end = length == null ? Long.MAX_VALUE : System.nanoTime() + length.toNanos();
    fleet.start(this::tell);
    boolean asked = false;
    while (!asked && System.nanoTime() < end) {
      long left = Math.min(1_000_000_000L, end - System.nanoTime());
      asked = stopAsked.await(left, TimeUnit.NANOSECONDS);
      book.flush();
      if (!asked) {
        report(fleet.progress(), fleet.size());
      }
    }
    fleet.drain(DRAIN);
    book.flush();
    finish(fleet.progress());
  }

  private void report(Progress now, int size) {
    if (json) {
      print(document(now));
    } else {
      out.printf(
          Locale.ROOT,
          "%d of %d devices connected, %d sent, %d acknowledged%n",
          now.connected(),
          size,
          now.sent(),
          now.acked());
    }
  }

  private void tell(Scenario.What what, List<String> cast, String place) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", what.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    event.put("place", place);
    event.put("devices", cast.subList(0, Math.min(cast.size(), 10)));
    System.err.println("simulate: " + event);
  }

  private void finish(Progress end) {
    Map<String, Object> totals = document(end);
    totals.put("final", true);
    print(totals);
  }

  private static Map<String, Object> document(Progress now) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("connected", now.connected());
    document.put("sent", now.sent());
    document.put("acked", now.acked());
    document.put("unacked", now.unacked());
    document.put("resent", now.resent());
    document.put("skipped", now.skipped());
    return document;
  }

  private void print(Map<String, Object> document) {
    try {
      out.println(JSON.writeValueAsString(document));
      out.flush();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void stopAndWait() {
    stopAsked.countDown();
    try {
      if (stopped.await(DRAIN.toSeconds() + 5, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(finished ? 0 : 1); // a signal would end the process with 143
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
