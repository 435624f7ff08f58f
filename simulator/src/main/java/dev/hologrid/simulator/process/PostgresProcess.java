package dev.hologrid.simulator.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Debian's PostgreSQL with a database of its own. */
public final class PostgresProcess implements AutoCloseable {
  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  public static final String USER = "hologrid";

  private final Path programs;
  private final Path folder;
  private final int port;
  private final List<String> settings;
  private Child child;
  private int databases;

  private PostgresProcess(Path programs, Path folder, int port, List<String> settings)
      throws IOException, InterruptedException {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
    this.settings = settings;
    this.child = launch();
  }

  public static boolean installed() {
    return programs() != null;
  }

  private static @Nullable Path programs() {
    if (!Files.isDirectory(VERSIONS)) {
      return null;
    }
    try (Stream<Path> versions = Files.list(VERSIONS)) {
      return versions
          .map(each -> each.resolve("bin"))
          .filter(each -> Files.isExecutable(each.resolve("postgres")))
          .max(Comparator.naturalOrder())
          .orElse(null);
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Makes a cluster and starts it; as user {@code postgres} where we are root.
   *
   * @param settings as in postgresql.conf, for example {@code fsync=off} for tests
   */
  public static PostgresProcess start(String... settings) throws IOException, InterruptedException {
    Path programs = programs();
    if (programs == null) {
      throw new IOException("PostgreSQL is not installed");
    }
    Path folder = Files.createTempDirectory(Path.of("/tmp"), "hologrid-pg");
    if (root()) {
      run(List.of("chown", "postgres", folder.toString()));
    }
    run(
        as(
            programs.resolve("initdb").toString(),
            "-D",
            folder.resolve("data").toString(),
            "-U",
            USER,
            "-A",
            "trust",
            "-E",
            "UTF8"));
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    return new PostgresProcess(programs, folder, port, List.of(settings));
  }

  private Child launch() throws IOException, InterruptedException {
    List<String> command =
        as(
            programs.resolve("postgres").toString(),
            "-D",
            folder.resolve("data").toString(),
            "-p",
            Integer.toString(port),
            "-k",
            folder.toString(),
            "-c",
            "listen_addresses=127.0.0.1");
    settings.forEach(each -> command.addAll(List.of("-c", each)));
    Child started = Child.start(command, Path.of("/dev/null"), line -> false);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!answers()) {
      if (System.nanoTime() > end || !started.running()) {
        throw new IOException("PostgreSQL does not answer");
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return started;
  }

  private boolean answers() {
    try (Connection ignored = open()) {
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection(url(), USER, "");
  }

  /** For JDBC; user {@link #USER}, no password. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /** The URL of a new, empty database; user {@link #USER}, no password. */
  public String newDatabase() throws SQLException {
    String name = "hologrid" + databases++;
    try (Connection connection = open();
        Statement sql = connection.createStatement()) {
      sql.execute("create database " + name);
    }
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
  }

  /** Such as 15.12. */
  String version() throws SQLException {
    try (Connection connection = open()) {
      return connection.getMetaData().getDatabaseProductVersion().replaceAll(" .*", "");
    }
  }

  /** Ends every session but our own, in the middle of whatever it does. */
  public void terminateSessions() throws IOException {
    try (Connection connection = open();
        Statement sql = connection.createStatement()) {
      sql.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where pid <> pg_backend_pid() and backend_type = 'client backend'");
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /** SIGQUIT, which is PostgreSQL's own crash, and a new start with recovery. */
  public void crash() throws IOException, InterruptedException {
    stop("QUIT");
    child = launch();
  }

  private void stop(String signal) throws IOException, InterruptedException {
    child.signalFirst(signal); // its workers would each take it for something else
    if (!child.await(Duration.ofSeconds(20))) {
      child.kill();
    }
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
      throw new IOException("failed: " + command);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    stop("INT");
    run(List.of("rm", "-rf", folder.toString()));
  }
}
