package dev.hologrid.simulator.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A child process whose output is read line by line. Safe for use by many threads. */
public final class Child implements AutoCloseable {
  private static final int MOST_LINES = 1_000;

  private final Process process;
  private final Thread reader;
  private final Predicate<String> isReady;
  private final CompletableFuture<String> ready = new CompletableFuture<>();
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private volatile @Nullable String last;

  private Child(Process process, Predicate<String> isReady) {
    this.process = process;
    this.isReady = isReady;
    this.reader = Thread.ofVirtual().name("output").unstarted(this::read);
  }

  /**
   * Starts a program.
   *
   * @param log where its standard error goes
   * @param isReady told of each line; the first that it accepts is what {@link #awaitReady} waits
   *     for
   */
  public static Child start(List<String> line, Path log, Predicate<String> isReady) {
    try {
      Child child =
          new Child(
              new ProcessBuilder(line)
                  .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                  .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                  .start(),
              isReady);
      child.reader.start();
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException("could not start " + line.getFirst(), e);
    }
  }

  private void read() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = line;
        lines.add(line);
        if (lines.size() > MOST_LINES) {
          lines.poll();
        }
        if (!ready.isDone() && isReady.test(line)) {
          ready.complete(line);
        }
      }
    } catch (IOException e) {
      // the stream ends with the process
    }
    ready.completeExceptionally(new IOException("it ended before it was ready; last: " + last));
  }

  /** The line that said so. */
  public String awaitReady(Duration atMost) throws IOException, InterruptedException {
    try {
      return ready.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("not ready within " + atMost + "; last: " + last, e);
    }
  }

  /** The newest lines, up to a thousand. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** The last line so far. */
  public @Nullable String last() {
    return last;
  }

  /** Its process id; under strace and the like that of the program itself. */
  public long pid() {
    return program().pid();
  }

  private ProcessHandle program() {
    return process.children().findFirst().orElse(process.toHandle());
  }

  public boolean running() {
    return process.isAlive();
  }

  /** Waits for its end; false when it still runs after that time. */
  public boolean await(Duration atMost) throws InterruptedException {
    boolean ended = process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    if (ended) {
      reader.join(Duration.ofSeconds(1));
    }
    return ended;
  }

  public int exitValue() {
    return process.exitValue();
  }

  /** SIGTERM. */
  public void terminate() {
    program().destroy();
  }

  /** SIGKILL, and waits for the end. */
  public void kill() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    boolean unused = await(Duration.ofSeconds(10));
  }

  /** Sends a signal by name, for example {@code STOP}. */
  public void signal(String name) throws IOException, InterruptedException {
    signal(name, pid());
  }

  /** The same to what was started itself, where it has workers of its own. */
  void signalFirst(String name) throws IOException, InterruptedException {
    signal(name, process.pid());
  }

  private static void signal(String name, long pid) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
  }

  @Override
  public void close() {
    terminate();
    try {
      if (!await(Duration.ofSeconds(10))) {
        kill();
      }
    } catch (InterruptedException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
