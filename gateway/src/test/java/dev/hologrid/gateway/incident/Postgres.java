package dev.hologrid.gateway.incident;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's PostgreSQL 15 in a folder of its own, on a free port of the loopback. */
final class Postgres implements AutoCloseable {
  private static final Path BIN = Path.of("/usr/lib/postgresql/15/bin");

  private final Path folder;
  private final int port;
  private final Process process;
  private int databases;

  private Postgres(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  static boolean installed() {
    return Files.isExecutable(BIN.resolve("postgres"));
  }

  static Postgres start() throws Exception {
    // Not in target/: the server runs as another user, who may not reach it.
    Path folder = Files.createTempDirectory(Path.of("/tmp"), "hologrid-pg");
    if (root()) {
      run(List.of("chown", "postgres", folder.toString()));
    }
    String data = folder.resolve("data").toString();
    run(
        as(
            BIN.resolve("initdb").toString(),
            "-D",
            data,
            "-U",
            "hologrid",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync"));
    int port = freePort();
    Process process =
        new ProcessBuilder(
                as(
                    BIN.resolve("postgres").toString(),
                    "-D",
                    data,
                    "-p",
                    Integer.toString(port),
                    "-k",
                    folder.toString(),
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "fsync=off"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Postgres postgres = new Postgres(folder, port, process);
    postgres.awaitReady();
    return postgres;
  }

  /** The URL of a new, empty database. */
  String newDatabase() throws SQLException {
    String name = "t" + databases++;
    try (Connection connection = DriverManager.getConnection(url("postgres"), "hologrid", "");
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return url(name);
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  private void awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      try (Connection ignored = DriverManager.getConnection(url("postgres"), "hologrid", "")) {
        return;
      } catch (SQLException e) {
        if (System.nanoTime() > deadline || !process.isAlive()) {
          throw new IllegalStateException("PostgreSQL did not start", e);
        }
        process.waitFor(100, TimeUnit.MILLISECONDS);
      }
    }
  }

  @Override
  public void close() throws Exception {
    run(List.of("kill", "-INT", Long.toString(process.pid())));
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    run(List.of("rm", "-rf", folder.toString()));
  }

  private static boolean root() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static List<String> as(String... command) {
    List<String> all = new ArrayList<>();
    if (root()) {
      all.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    }
    all.addAll(List.of(command));
    return all;
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .directory(Path.of("/").toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("failed: " + command);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
