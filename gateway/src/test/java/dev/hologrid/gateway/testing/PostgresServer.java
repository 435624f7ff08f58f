package dev.hologrid.gateway.testing;

import dev.hologrid.gateway.incident.Database;
import dev.hologrid.simulator.process.PostgresProcess;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A PostgreSQL for the tests of a class, which are skipped where none is installed. One server is
 * started for all classes of a run and stopped at its end.
 */
public final class PostgresServer implements BeforeAllCallback {
  private @Nullable PostgresProcess postgres;

  /** What the run keeps. */
  private record Running(PostgresProcess postgres) implements AutoCloseable {
    static Running start() {
      try {
        return new Running(PostgresProcess.start("fsync=off"));
      } catch (Exception e) {
        throw new IllegalStateException("PostgreSQL did not start", e);
      }
    }

    @Override
    public void close() throws Exception {
      postgres.close();
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Assumptions.assumeTrue(
        PostgresProcess.installed(), "PostgreSQL is not installed (apt-get install postgresql)");
    postgres =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(PostgresServer.class))
            .computeIfAbsent(Running.class, ignored -> Running.start(), Running.class)
            .postgres();
  }

  /** A new database, empty but for its tables. */
  public Database database() throws Exception {
    return Database.open(postgres.newDatabase(), PostgresProcess.USER, "");
  }
}
