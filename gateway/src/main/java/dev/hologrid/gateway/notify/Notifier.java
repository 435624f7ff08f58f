package dev.hologrid.gateway.notify;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.component.Component;
import dev.hologrid.gateway.incident.Outbox;
import dev.hologrid.gateway.incident.Outbox.Notice;
import dev.hologrid.gateway.incident.Outbox.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Sends what waits in the outbox, each channel by itself: one that hangs holds up no other. At
 * least once, with the same key each time; in order for each incident. Safe for use by many
 * threads.
 */
public final class Notifier implements Component {
  private static final int AT_ONCE = 20;
  private static final int AGAIN_AT_ONCE = 500;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

  private final Vertx vertx;
  private final Outbox outbox;
  private final List<Channel> channels;
  private final InstantSource clock;
  private final int attempts;
  private final Set<String> busy = ConcurrentHashMap.newKeySet();
  private final Map<String, Instant> refreshes = new ConcurrentHashMap<>();
  private final Map<String, String> troubles = new ConcurrentHashMap<>();
  private volatile Map<String, Map<String, Long>> backlog = Map.of();

  /**
   * @param attempts after so many a notice is a dead letter
   */
  public Notifier(
      Vertx vertx, Outbox outbox, List<Channel> channels, InstantSource clock, int attempts) {
    this.vertx = vertx;
    this.outbox = outbox;
    this.channels = List.copyOf(channels);
    this.clock = clock;
    this.attempts = attempts;
  }

  @Override
  public String name() {
    return "notify";
  }

  @Override
  public Check check() {
    return troubles.isEmpty()
        ? Check.ok()
        : Check.degraded("notifications do not get through: " + troubles);
  }

  /** How many notices wait or were given up, by channel and state, as of the latest tick. */
  public Map<String, Map<String, Long>> backlog() {
    return backlog;
  }

  /** Sends what is due; returns when these attempts are over. Call it about once a second. */
  public Future<Void> tick() {
    if (channels.isEmpty()) {
      return Future.succeededFuture();
    }
    List<Future<Void>> rounds = new ArrayList<>();
    for (Channel each : channels) {
      if (busy.add(each.name())) {
        rounds.add(refreshed(each).compose(done -> round(each)).eventually(() -> freed(each)));
      }
    }
    return Future.join(rounds)
        .eventually(() -> vertx.executeBlocking(outbox::counts, false).onSuccess(this::noted))
        .mapEmpty();
  }

  private void noted(Map<String, Map<String, Long>> counts) {
    backlog = counts;
  }

  private Future<Void> freed(Channel channel) {
    busy.remove(channel.name());
    return Future.succeededFuture();
  }

  /**
   * Tells again what stands, when it is time to; what comes of it holds up no notice. It is done
   * within the channel's turn: an end that is sent in between would be undone.
   */
  private Future<Void> refreshed(Channel channel) {
    Instant now = clock.instant();
    Duration every = channel.refresh().orElse(null);
    if (every == null || now.isBefore(refreshes.getOrDefault(channel.name(), Instant.MIN))) {
      return Future.succeededFuture();
    }
    return again(channel, "")
        .transform(
            done -> {
              Duration pause = every;
              if (done.failed()) {
                trouble(channel, done.cause());
                pause = pause(0);
              }
              refreshes.put(channel.name(), now.plus(pause));
              return Future.succeededFuture();
            });
  }

  private Future<Void> again(Channel channel, String after) {
    return vertx
        .executeBlocking(() -> outbox.standing(channel.name(), after, AGAIN_AT_ONCE), false)
        .compose(
            latest ->
                latest.isEmpty()
                    ? Future.<Void>succeededFuture()
                    : channel
                        .again(latest)
                        .onSuccess(done -> troubles.remove(channel.name()))
                        .compose(
                            done ->
                                latest.size() < AGAIN_AT_ONCE
                                    ? Future.<Void>succeededFuture()
                                    : again(channel, latest.getLast().incident())));
  }

  /** Goes on at once while there is more and it gets through. */
  private Future<Void> round(Channel channel) {
    Instant now = clock.instant();
    return vertx
        .executeBlocking(() -> outbox.due(channel.name(), now, AT_ONCE), false)
        .compose(
            due -> {
              List<Future<Outcome>> sends = new ArrayList<>();
              due.forEach(each -> sends.add(send(channel, each, now)));
              return Future.all(sends).map(all -> all.<Outcome>list());
            })
        .compose(
            outcomes ->
                vertx.executeBlocking(
                    () -> {
                      outbox.note(outcomes);
                      return outcomes;
                    },
                    false))
        .compose(
            outcomes -> {
              boolean through = outcomes.stream().allMatch(each -> each.state().equals("SENT"));
              return through && outcomes.size() == AT_ONCE
                  ? round(channel)
                  : Future.succeededFuture();
            });
  }

  private Future<Outcome> send(Channel channel, Notice notice, Instant now) {
    Future<Void> sending;
    try {
      sending = channel.send(notice);
    } catch (RuntimeException e) {
      sending = Future.failedFuture(e);
    }
    return sending.transform(
        done -> Future.succeededFuture(outcome(channel, notice, now, done.cause())));
  }

  private Outcome outcome(Channel channel, Notice notice, Instant now, @Nullable Throwable cause) {
    if (cause == null) {
      troubles.remove(channel.name());
      return Outcome.sent(notice.id());
    }
    String why = trouble(channel, cause);
    boolean refused = cause instanceof AddressGuard.Refused;
    return refused || notice.attempts() + 1 >= attempts
        ? Outcome.dead(notice.id(), why)
        : Outcome.failed(notice.id(), why, now.plus(pause(notice.attempts())));
  }

  private String trouble(Channel channel, Throwable cause) {
    String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    troubles.put(channel.name(), why);
    return why;
  }

  /** Doubles from two seconds on, with up to a quarter more at random. */
  static Duration pause(int attempts) {
    long millis = Math.min(LONGEST_PAUSE.toMillis(), 2_000L << Math.min(attempts, 20));
    return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis / 4 + 1));
  }

  @Override
  public void close() {
    channels.forEach(Channel::close);
  }
}
