package dev.hologrid.gateway.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The database of a measurement, gone with it.
 *
 * @param name and version
 * @param url for JDBC
 * @param server PostgreSQL, a process of its own; null: SQLite, in a file
 */
record BenchDatabase(String name, String url, String user, @Nullable SimulatorProcess server)
    implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** What incidents are kept in. */
  enum Kind {
    SQLITE,
    POSTGRESQL
  }

  static BenchDatabase start(Kind kind, Path data) throws IOException, InterruptedException {
    Files.createDirectories(data);
    if (kind == Kind.SQLITE) {
      return new BenchDatabase("SQLite", "jdbc:sqlite:" + data.resolve("incidents.db"), "", null);
    }
    SimulatorProcess server = SimulatorProcess.start(Folders.home(), data, List.of("postgres"));
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (server.text("url").isEmpty()) {
      if (!server.running() || System.nanoTime() > end) {
        server.stop();
        throw new IOException("PostgreSQL did not start; Debian: apt-get install postgresql");
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return new BenchDatabase(
        "PostgreSQL " + server.text("version"), server.text("url"), server.text("user"), server);
  }

  /** How large it is, MiB. */
  long mebibytes() throws IOException {
    if (server == null) {
      return Files.size(Path.of(url.substring("jdbc:sqlite:".length()))) >> 20;
    }
    try (Connection connection = DriverManager.getConnection(url, user, "");
        Statement sql = connection.createStatement();
        ResultSet size = sql.executeQuery("select pg_database_size(current_database())")) {
      size.next();
      return size.getLong(1) >> 20;
    } catch (SQLException e) {
      throw new IOException("cannot measure the database", e);
    }
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop();
    }
  }
}
