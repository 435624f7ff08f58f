package dev.hologrid.simulator.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A child process whose output is read line by line. Safe for use by many threads. */
public final class Child implements AutoCloseable {
  private final Process process;
  private final Thread reader;
  private final Predicate<String> isReady;
  private final CompletableFuture<String> ready = new CompletableFuture<>();
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
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = line;
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

  /** The last line so far. */
  public @Nullable String last() {
    return last;
  }

  public long pid() {
    return process.pid();
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
    process.destroy();
  }

  /** SIGKILL, and waits for the end. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    boolean unused = await(Duration.ofSeconds(10));
  }

  /** Sends a signal by name, for example {@code STOP}. */
  public void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!await(Duration.ofSeconds(10))) {
        kill();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
