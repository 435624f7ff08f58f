package dev.hologrid.simulator.officers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hologrid.simulator.site.Person;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * People who carry incidents through the workflow at a human pace: each next step of an incident is
 * taken a few seconds after the one before. Some incidents they leave to the operator. One thread
 * does all their work.
 */
public final class Officers implements AutoCloseable {
  private static final long LOOK_AT_MOST_EVERY_MS = 20;
  private static final long LOOK_AT_LEAST_EVERY_MS = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int SHARE_LEFT_TO_OPERATOR = 30;
  private static final int LOOKS_BETWEEN_STEPS = 5;
  private static final int REFUSALS_UNTIL_LEFT_ALONE = 3;

  private static final class Turn {
    private String state = "";
    private long dueNanos;
    private int refused;
  }

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final URI gateway;
  private final Staff staff;
  private final SplittableRandom random;
  private final Duration pace;
  private final Map<String, Turn> turns = new HashMap<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Walk walk = new Walk(new Calls());
  private int looks;
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private @Nullable Thread thread;

  /**
   * @param pace the mean pause between two steps of one incident
   */
  public Officers(URI gateway, List<Person> people, long seed, Duration pace) {
    this.gateway = gateway;
    this.staff = new Staff(people);
    this.random = new SplittableRandom(seed);
    this.pace = pace;
  }

  public void start() {
    thread = Thread.ofVirtual().name("officers").start(this::work);
  }

  /** Commands that the gateway took. */
  public int done() {
    return done.get();
  }

  public int refused() {
    return refused.get();
  }

  private void work() {
    long every = Math.clamp(pace.toMillis() / 2, LOOK_AT_MOST_EVERY_MS, LOOK_AT_LEAST_EVERY_MS);
    try {
      while (!stop.await(every, TimeUnit.MILLISECONDS)) {
        try {
          look();
          if (looks++ % LOOKS_BETWEEN_STEPS == 0) {
            walk.look(staff.dispatcher());
          }
        } catch (IOException e) {
          // the gateway is away; look again
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            request("/api/v1/incidents?open=true&limit=200", staff.dispatcher()).GET().build(),
            BodyHandlers.ofString());
    if (answer.statusCode() == 200) {
      Map<String, Turn> open = new HashMap<>();
      for (JsonNode item : json.readTree(answer.body()).path("items")) {
        IncidentView incident = IncidentView.of(item);
        Turn turn = turns.getOrDefault(incident.id(), new Turn());
        open.put(incident.id(), turn);
        consider(incident, turn);
      }
      turns.clear();
      turns.putAll(open);
    }
  }

  private void consider(IncidentView incident, Turn turn) throws IOException, InterruptedException {
    if (!incident.state().equals(turn.state)) {
      turn.state = incident.state();
      turn.refused = 0;
      turn.dueNanos = System.nanoTime() + (long) (pace.toNanos() * random.nextDouble(0.4, 1.6));
      return;
    }
    int chance = Math.floorMod(incident.id().hashCode() * 31, 100);
    Step step = Step.next(incident, staff, chance);
    boolean leave =
        chance < SHARE_LEFT_TO_OPERATOR && step != null && step.command().equals("file");
    if (step == null
        || leave
        || System.nanoTime() < turn.dueNanos
        || turn.refused >= REFUSALS_UNTIL_LEFT_ALONE) {
      return;
    }
    if (take(incident, step)) {
      done.incrementAndGet();
    } else {
      turn.refused++;
      refused.incrementAndGet();
    }
  }

  private boolean take(IncidentView incident, Step step) throws IOException, InterruptedException {
    Map<String, String> body = new HashMap<>(step.fields());
    body.put("command", step.command());
    HttpRequest request =
        request("/api/v1/incidents/" + incident.id() + "/commands", step.actor())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json.writeValueAsString(body)))
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
  }

  private final class Calls implements Walk.Talk {
    @Override
    public JsonNode get(String path, String actor) throws IOException, InterruptedException {
      return answer(request(path, actor).GET().build());
    }

    @Override
    public JsonNode post(String path, String actor, Map<String, Object> body)
        throws IOException, InterruptedException {
      return answer(
          request(path, actor)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(json.writeValueAsString(body)))
              .build());
    }

    private JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      return answer.statusCode() / 100 == 2 ? json.readTree(answer.body()) : json.missingNode();
    }
  }

  private HttpRequest.Builder request(String path, String actor) {
    return HttpRequest.newBuilder(gateway.resolve(path))
        .timeout(PATIENCE)
        .header("X-HoloGrid", "1")
        .header("X-HoloGrid-Actor", actor);
  }

  @Override
  public void close() {
    stop.countDown();
    Thread worker = thread;
    if (worker != null) {
      try {
        worker.join(PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    http.shutdownNow();
  }
}
