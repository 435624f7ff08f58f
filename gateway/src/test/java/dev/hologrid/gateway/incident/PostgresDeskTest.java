package dev.hologrid.gateway.incident;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/** The desk on PostgreSQL: the same promises. */
class PostgresDeskTest extends DeskContract {
  private static @Nullable Postgres postgres;

  @BeforeAll
  static void server() throws Exception {
    Assumptions.assumeTrue(
        Postgres.installed(), "PostgreSQL 15 is not installed (apt-get install postgresql-15)");
    postgres = Postgres.start();
  }

  @AfterAll
  static void end() throws Exception {
    if (postgres != null) {
      postgres.close();
    }
  }

  @Override
  Database open() throws Exception {
    return Database.open(postgres.newDatabase(), "hologrid", "");
  }
}
