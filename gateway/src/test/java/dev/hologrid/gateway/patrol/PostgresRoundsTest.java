package dev.hologrid.gateway.patrol;

import dev.hologrid.gateway.incident.Database;
import dev.hologrid.gateway.testing.PostgresServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rounds on PostgreSQL: the same promises. */
class PostgresRoundsTest extends RoundsContract {
  @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

  @Override
  Database open() throws Exception {
    return POSTGRES.database();
  }
}
