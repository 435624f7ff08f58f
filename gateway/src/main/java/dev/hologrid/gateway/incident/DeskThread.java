package dev.hologrid.gateway.incident;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.component.Pulse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs units of work one after another, each in a transaction. A unit that fails is done again from
 * what is stored, a few times; nothing of a failed one is left.
 */
final class DeskThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeskThread.class);
  private static final int ATTEMPTS = 5;
  private static final int WAITING = 10_000;
  private static final int REMEMBERED = 20_000;

  private final Database database;
  private final Policy policy;
  private final Outlet outlet;
  private final List<IncidentListener> listeners = new CopyOnWriteArrayList<>();
  private final ThreadPoolExecutor executor =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          task -> {
            Thread thread = new Thread(task, "incident-desk");
            thread.setDaemon(true);
            return thread;
          });

  /** Committed incidents, least recently used first. Only the desk's thread touches it. */
  private final Map<String, Incident> known =
      new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Incident> eldest) {
          return size() > REMEMBERED;
        }
      };

  private final Pulse pulse = new Pulse("the desk, which has deadlines to look at each second,");
  private volatile Check check = Check.ok();
  private volatile Runnable onFull = () -> {};

  DeskThread(Database database, Policy policy, Outlet outlet) {
    this.database = database;
    this.policy = policy;
    this.outlet = outlet;
  }

  Check check() {
    Check now = check;
    return now instanceof Check.Ok ? pulse.check() : now;
  }

  void onFull(Runnable then) {
    onFull = then;
  }

  void listen(IncidentListener listener) {
    listeners.add(listener);
  }

  /** As {@link #run}, with a full queue as a refusal. */
  CompletableFuture<Result> result(Function<Unit, Result> work) {
    return run(work)
        .exceptionally(
            e -> {
              Throwable cause = e.getCause() == null ? e : e.getCause();
              if (cause instanceof RejectedExecutionException) {
                return new Result.Refused(
                    Refusal.OVERLOADED, "too many commands wait for the database; try again");
              }
              throw cause instanceof RuntimeException r ? r : new IllegalStateException(cause);
            });
  }

  <R> CompletableFuture<R> run(Function<Unit, R> work) {
    CompletableFuture<R> future = new CompletableFuture<>();
    try {
      executor.execute(() -> attempt(work, future));
    } catch (RejectedExecutionException e) {
      future.completeExceptionally(e);
    }
    return future;
  }

  private <R> void attempt(Function<Unit, R> work, CompletableFuture<R> future) {
    RuntimeException last = null;
    for (int i = 0; i < ATTEMPTS; i++) {
      pulse.beat();
      try {
        R result = once(work);
        check = Check.ok();
        future.complete(result);
        return;
      } catch (RuntimeException e) {
        known.clear();
        if (full(e)) {
          onFull.run();
        }
        if (last != null) {
          e.addSuppressed(last);
        }
        last = e;
        if (!pause(i)) {
          break;
        }
      }
    }
    LOG.error("the incident database refused a unit of work {} times", ATTEMPTS, last);
    check = Check.failed("the incident database does not take changes: " + last);
    future.completeExceptionally(
        last == null ? new IllegalStateException("the desk was stopped") : last);
  }

  /** SQLite's word for a disk without space; a server's disk is not ours to make room on. */
  private static boolean full(Throwable e) {
    for (Throwable each = e; each != null; each = each.getCause()) {
      if (String.valueOf(each.getMessage()).contains("SQLITE_FULL")) {
        return true;
      }
    }
    return false;
  }

  private static boolean pause(int attempt) {
    try {
      TimeUnit.MILLISECONDS.sleep(20L << attempt);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private <R> R once(Function<Unit, R> work) {
    Committed<R> committed =
        database
            .writer()
            .inTransaction(
                handle -> {
                  Unit unit = new Unit(handle, policy, outlet, known);
                  R result = work.apply(unit);
                  unit.flush();
                  return new Committed<>(result, unit);
                });
    known.putAll(committed.unit().changed());
    tell(committed.unit());
    return committed.result();
  }

  private record Committed<R>(R result, Unit unit) {}

  private void tell(Unit unit) {
    for (int i = 0; i < unit.appended().size(); i++) {
      for (IncidentListener each : listeners) {
        try {
          each.committed(unit.after().get(i), unit.appended().get(i));
        } catch (RuntimeException e) {
          LOG.warn("a listener failed at event {}", unit.appended().get(i).seq(), e);
        }
      }
    }
  }

  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(10, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
