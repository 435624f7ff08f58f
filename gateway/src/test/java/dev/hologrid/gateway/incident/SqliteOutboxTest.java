package dev.hologrid.gateway.incident;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The outbox on the embedded default. */
class SqliteOutboxTest extends OutboxContract {
  @TempDir Path folder;

  @Override
  Database open() {
    return Database.open("jdbc:sqlite:" + folder.resolve("incidents.db"), "", "");
  }
}
