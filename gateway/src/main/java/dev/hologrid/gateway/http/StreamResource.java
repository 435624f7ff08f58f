package dev.hologrid.gateway.http;

import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.stream.Frame;
import dev.hologrid.gateway.stream.LiveStream;
import dev.hologrid.gateway.stream.Outlet;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The live stream, over server-sent events and over WebSocket. */
final class StreamResource implements Resource {
  static final Set<String> EVENTS = Set.of("alert", "incident", "device", "summary");
  private final LiveStream stream;
  private final Gatekeeper gate;
  private final Scopes scopes;

  StreamResource(LiveStream stream, Gatekeeper gate, Scopes scopes) {
    this.stream = stream;
    this.gate = gate;
    this.scopes = scopes;
  }

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of("streamEvents", this::events, "openSocket", this::socket);
  }

  private Future<Answer> events(Call call) {
    OptionalLong after = after(call);
    Predicate<Frame> sees = sees(call);
    HttpServerResponse response = call.context().response();
    if (call.context().request().method() == io.vertx.core.http.HttpMethod.HEAD) {
      return Future.succeededFuture(
          Answer.of("text/event-stream; charset=utf-8", io.vertx.core.buffer.Buffer.buffer()));
    }
    Runnable leave =
        join(new SseOutlet(response, call.context().request().connection()), after, sees);
    response
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream; charset=utf-8")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Accel-Buffering", "no")
        .putHeader("Content-Encoding", "identity"); // each event at once, not when a block is full
    Promise<Answer> never = Promise.promise();
    response.closeHandler(ignored -> leave.run());
    response.exceptionHandler(ignored -> leave.run());
    return never.future();
  }

  private Future<Answer> socket(Call call) {
    if (!Origins.own(call.context().request())) {
      throw Refused.forbidden("the header Origin names another site");
    }
    if (!"websocket".equalsIgnoreCase(call.header("Upgrade"))) {
      throw new Refused(
          Problem.of(426, "this address speaks WebSocket; for plain HTTP use /api/v1/stream"),
          Map.of("Upgrade", "websocket"));
    }
    OptionalLong after = after(call);
    Predicate<Frame> sees = sees(call);
    HttpConnection connection = call.context().request().connection();
    return call.context()
        .request()
        .toWebSocket()
        .compose(
            socket -> {
              Runnable leave;
              try {
                leave = join(new SocketOutlet(socket, connection), after, sees);
              } catch (Refused e) {
                return socket.close((short) 1013, e.problem().detail());
              }
              socket.closeHandler(ignored -> leave.run());
              socket.exceptionHandler(ignored -> leave.run());
              socket.handler(ignored -> {}); // nothing is expected
              return Future.<Void>succeededFuture();
            })
        .compose(ignored -> Promise.<Answer>promise().future());
  }

  private Runnable join(Outlet outlet, OptionalLong after, Predicate<Frame> sees) {
    Runnable leave = stream.subscribe(outlet, after, sees);
    if (leave == null) {
      throw new Refused(
          Problem.of(503, "too many viewers are connected; try again later"),
          Map.of("Retry-After", "10"));
    }
    return leave;
  }

  private static OptionalLong after(Call call) {
    String last = call.header("Last-Event-ID");
    if (last == null) {
      last = call.query("after");
    }
    if (last == null || last.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(last));
    } catch (NumberFormatException e) {
      throw Refused.badRequest("Last-Event-ID", "must be the id of an event of this stream");
    }
  }

  private Predicate<Frame> sees(Call call) {
    Set<String> wanted = new TreeSet<>(EVENTS);
    String events = call.query("events");
    if (events != null) {
      wanted.clear();
      for (String each : events.split(",", -1)) {
        if (!EVENTS.contains(each)) {
          throw Refused.badRequest("events", "must be some of " + new TreeSet<>(EVENTS));
        }
        wanted.add(each);
      }
    }
    HttpConnection connection = call.context().request().connection();
    Rights rights = new Rights(call.person(), () -> again(call), () -> Cut.now(connection));
    boolean mine = call.flag("mine");
    String viewer = call.person().id();
    return frame ->
        wanted.contains(frame.event())
            && (!mine || frame.people().contains(viewer))
            && rights.allow(frame, scopes);
  }

  private @Nullable Person again(Call call) {
    try {
      return gate.identify(call.context());
    } catch (Refused e) {
      return null;
    }
  }

  /**
   * The viewer's rights, looked at again while the stream is open; whoever is signed out meanwhile
   * is cut off, for a page that shows nothing new must not look as if nothing happened. Safe for
   * use by many threads.
   */
  private static final class Rights {
    private static final long AGAIN = 5_000_000_000L;
    private final Supplier<@Nullable Person> now;
    private final Runnable out;
    private volatile @Nullable Person person;
    private volatile long checkedAt = System.nanoTime();

    Rights(Person person, Supplier<@Nullable Person> now, Runnable out) {
      this.person = person;
      this.now = now;
      this.out = out;
    }

    boolean allow(Frame frame, Scopes scopes) {
      if (System.nanoTime() - checkedAt > AGAIN) {
        checkedAt = System.nanoTime();
        person = now.get();
        if (person == null) {
          out.run();
        }
      }
      Person viewer = person;
      return viewer != null
          && (frame.event().equals("summary")
              || frame.people().contains(viewer.id())
              || scopes.covers(viewer, frame.path()));
    }
  }
}
