package dev.hologrid.gateway.http;

import dev.hologrid.gateway.testing.PostgresServer;
import java.io.IOException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The fronts of a test class stand on PostgreSQL, each on a database of its own. */
final class PostgresFront implements BeforeAllCallback, AfterAllCallback {
  private final PostgresServer server = new PostgresServer();

  @Override
  public void beforeAll(ExtensionContext context) {
    server.beforeAll(context);
    Front.databases =
        folder -> {
          try {
            return server.database();
          } catch (Exception e) {
            throw new IOException("no database could be made", e);
          }
        };
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Front.databases = Front.SQLITE;
  }
}
