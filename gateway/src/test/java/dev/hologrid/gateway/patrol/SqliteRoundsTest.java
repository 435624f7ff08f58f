package dev.hologrid.gateway.patrol;

import dev.hologrid.gateway.incident.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Rounds on the embedded default. */
class SqliteRoundsTest extends RoundsContract {
  @TempDir Path folder;

  @Override
  Database open() {
    return Database.open("jdbc:sqlite:" + folder.resolve("incidents.db"), "", "");
  }
}
