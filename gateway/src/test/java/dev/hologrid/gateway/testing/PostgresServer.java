package dev.hologrid.gateway.testing;

import dev.hologrid.gateway.incident.Database;
import dev.hologrid.simulator.process.PostgresProcess;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A PostgreSQL for the tests of a class, which are skipped where none is installed. */
public final class PostgresServer implements BeforeAllCallback, AfterAllCallback {
  private @Nullable PostgresProcess postgres;

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    Assumptions.assumeTrue(
        PostgresProcess.installed(), "PostgreSQL is not installed (apt-get install postgresql)");
    postgres = PostgresProcess.start("fsync=off");
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (postgres != null) {
      postgres.close();
    }
  }

  /** A new database, empty but for its tables. */
  public Database database() throws Exception {
    return Database.open(postgres.newDatabase(), PostgresProcess.USER, "");
  }
}
