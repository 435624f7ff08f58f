package dev.hologrid.gateway.patrol;

import dev.hologrid.gateway.incident.Database;
import dev.hologrid.simulator.process.PostgresProcess;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/** Rounds on PostgreSQL: the same promises. */
class PostgresRoundsTest extends RoundsContract {
  private static @Nullable PostgresProcess postgres;

  @BeforeAll
  static void server() throws Exception {
    Assumptions.assumeTrue(
        PostgresProcess.installed(), "PostgreSQL is not installed (apt-get install postgresql)");
    postgres = PostgresProcess.start("fsync=off");
  }

  @AfterAll
  static void end() throws Exception {
    if (postgres != null) {
      postgres.close();
    }
  }

  @Override
  Database open() throws Exception {
    return Database.open(postgres.newDatabase(), PostgresProcess.USER, "");
  }
}
