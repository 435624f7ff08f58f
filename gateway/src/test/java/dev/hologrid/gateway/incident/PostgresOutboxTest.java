package dev.hologrid.gateway.incident;

import dev.hologrid.gateway.testing.PostgresServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The outbox on PostgreSQL: the same promises. */
class PostgresOutboxTest extends OutboxContract {
  @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

  @Override
  Database open() throws Exception {
    return POSTGRES.database();
  }
}
