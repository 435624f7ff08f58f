package dev.hologrid.simulator.process;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** An empty PostgreSQL for a measurement: says where it is, and is gone when it is told to end. */
@Command(
    name = "postgres",
    description =
        "Starts Debian's PostgreSQL with an empty database of its own; prints its address as JSON,"
            + " and removes it at SIGTERM.",
    mixinStandardHelpOptions = true,
    hidden = true)
public final class PostgresCommand implements Callable<Integer> {
  @Option(names = "--set", description = "A line of postgresql.conf, NAME=VALUE.")
  List<String> settings = List.of();

  @Override
  public Integer call() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    try (PostgresProcess postgres = PostgresProcess.start(settings.toArray(String[]::new))) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(over, gone)));
      System.out.printf(
          "{\"url\":\"%s\",\"user\":\"%s\",\"version\":\"%s\"}%n",
          postgres.newDatabase(), PostgresProcess.USER, postgres.version());
      over.await();
    } finally {
      gone.countDown();
    }
    return 0;
  }

  private static void end(CountDownLatch over, CountDownLatch gone) {
    over.countDown();
    try {
      gone.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
