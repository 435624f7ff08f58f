package dev.hologrid.gateway.incident;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The desk on the embedded default. */
class SqliteSafetyTest extends SafetyContract {
  @TempDir Path folder;

  @Override
  Database open() {
    return Database.open("jdbc:sqlite:" + folder.resolve("incidents.db"), "", "");
  }
}
