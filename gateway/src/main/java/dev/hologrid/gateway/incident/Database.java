package dev.hologrid.gateway.incident;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/**
 * The relational store: SQLite in one file, or PostgreSQL when the JDBC URL says so. One writing
 * connection for the desk, several reading ones. Safe for use by many threads.
 *
 * <p>A committed transaction survives a crash and a power loss: SQLite runs with a write-ahead log
 * and {@code synchronous=FULL}.
 */
public final class Database implements AutoCloseable {
  private static final String SQLITE = "jdbc:sqlite:";

  private final HikariDataSource writing;
  private final HikariDataSource reading;
  private final Jdbi writer;
  private final Jdbi reader;
  private final boolean sqlite;

  private Database(HikariDataSource writing, HikariDataSource reading, boolean sqlite) {
    this.writing = writing;
    this.reading = reading;
    this.sqlite = sqlite;
    this.writer = Jdbi.create(writing);
    this.reader = Jdbi.create(reading);
  }

  /**
   * Opens the store and brings its schema up to date. Blocks; call it off the event loop.
   *
   * @param url {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql://…}
   */
  public static Database open(String url, String user, String password) {
    boolean sqlite = url.startsWith(SQLITE);
    if (sqlite) {
      unpackBeside(Path.of(url.substring(SQLITE.length())));
    }
    HikariDataSource writing = pool("writing", url, user, password, 1, sqlite);
    HikariDataSource reading = pool("reading", url, user, password, 4, sqlite);
    try {
      // Flyway needs two connections at once on PostgreSQL, and must have one only on SQLite.
      Flyway.configure(Database.class.getClassLoader())
          .dataSource(sqlite ? writing : reading)
          .locations("classpath:db/migration")
          .placeholders(Map.of("position", sqlite ? "instr" : "strpos"))
          .load()
          .migrate();
      if (sqlite) {
        optimize(writing);
      }
      return new Database(writing, reading, sqlite);
    } catch (RuntimeException e) {
      reading.close();
      writing.close();
      throw e;
    }
  }

  /** Lets the query planner know what the tables hold; quick where little has changed. */
  private static void optimize(HikariDataSource writing) {
    Jdbi.create(writing).useHandle(handle -> handle.execute("pragma optimize=0x10002"));
  }

  /**
   * Opens an existing store to look at it: its schema is left as it is.
   *
   * @param url as for {@link #open}
   */
  public static Database look(String url, String user, String password) {
    boolean sqlite = url.startsWith(SQLITE);
    if (sqlite) {
      unpackBeside(Path.of(url.substring(SQLITE.length())));
    }
    return new Database(
        pool("writing", url, user, password, 1, sqlite),
        pool("reading", url, user, password, 4, sqlite),
        sqlite);
  }

  /** The driver unpacks its native library: into our own data folder, not into one we share. */
  private static void unpackBeside(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      return;
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the data folder " + folder, e);
    }
    if (System.getProperty("org.sqlite.tmpdir") != null) {
      return; // unpacked already
    }
    System.setProperty("org.sqlite.tmpdir", folder.toString());
  }

  private static HikariDataSource pool(
      String name, String url, String user, String password, int size, boolean sqlite) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(10_000);
    if (sqlite) {
      Properties pragmas = new Properties();
      pragmas.setProperty("journal_mode", "WAL");
      pragmas.setProperty("synchronous", "FULL");
      pragmas.setProperty("busy_timeout", "10000");
      pragmas.setProperty("cache_size", "-32000");
      pragmas.setProperty("transaction_mode", size == 1 ? "IMMEDIATE" : "DEFERRED");
      config.setDataSourceProperties(pragmas);
    } else {
      config.setUsername(user);
      config.setPassword(password);
    }
    return new HikariDataSource(config);
  }

  /**
   * Sees that the indicators' sums are of the days of this zone; counts them anew if not. Blocks.
   */
  public Database counting(ZoneId zone) {
    FigureLedger.prepare(this, zone);
    return this;
  }

  /** For the desk and whatever else must be in its transaction order. */
  public Jdbi writer() {
    return writer;
  }

  /** For queries. */
  public Jdbi reader() {
    return reader;
  }

  boolean isSqlite() {
    return sqlite;
  }

  @Override
  public void close() {
    reading.close();
    writing.close();
  }
}
