package dev.hologrid.gateway.archive;

import io.questdb.Bootstrap;
import io.questdb.PropBootstrapConfiguration;
import io.questdb.ServerMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** QuestDB in this process: one HTTP port on the loopback address, nothing else open. */
final class EmbeddedQuestDb implements AutoCloseable {
  private static final long LEAST_FREE = 64L << 20;

  private final ServerMain server;

  private EmbeddedQuestDb(ServerMain server) {
    this.server = server;
  }

  static EmbeddedQuestDb start(Path folder, int port) throws IOException {
    Path conf = Files.createDirectories(folder.resolve("conf"));
    // One that fails half-way keeps its locks until the process ends, so it must not be begun.
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < LEAST_FREE) {
      throw new IOException(
          "the disk has %d MiB left, the archive is opened from %d MiB on"
              .formatted(free >> 20, LEAST_FREE >> 20));
    }
    Path log = Files.createDirectories(folder.resolve("log")).resolve("questdb.log");
    Files.writeString(
        conf.resolve("log.conf"),
        "writers=file\nw.file.class=io.questdb.log.LogFileWriter\nw.file.location="
            + log.toAbsolutePath()
            + "\nw.file.level=ERROR,CRITICAL\n");
    // Its log factory looks here before the server knows its folder.
    System.setProperty("out", conf.resolve("log.conf").toAbsolutePath().toString());
    Map<String, String> settings = new HashMap<>();
    settings.put("QDB_HTTP_BIND_TO", "127.0.0.1:" + port);
    settings.put("QDB_HTTP_MIN_ENABLED", "false");
    settings.put("QDB_PG_ENABLED", "false");
    settings.put("QDB_LINE_TCP_ENABLED", "false");
    settings.put("QDB_TELEMETRY_ENABLED", "false");
    settings.put("QDB_METRICS_ENABLED", "false");
    for (String pool : new String[] {"", "NETWORK_", "QUERY_", "WRITE_"}) {
      settings.put("QDB_SHARED_" + pool + "WORKER_COUNT", "1");
    }
    settings.putAll(workers());
    settings.putAll(pools());
    settings.put("QDB_CAIRO_O3_COLUMN_MEMORY_SIZE", "262144");
    settings.put("QDB_CAIRO_WRITER_DATA_APPEND_PAGE_SIZE", "1048576");
    // Rows that are not the newest of their day make it write the day anew from there, or all of it
    // up to this size.
    settings.put("QDB_CAIRO_O3_PARTITION_SPLIT_MIN_SIZE", "8388608");
    Bootstrap bootstrap =
        new Bootstrap(
            new PropBootstrapConfiguration() {
              @Override
              public Map<String, String> getEnv() {
                return settings;
              }

              @Override
              public boolean useSite() {
                return false;
              }
            },
            Bootstrap.getServerMainArgs(folder.toAbsolutePath().toString()));
    ServerMain server = new ServerMain(bootstrap);
    server.start();
    server.awaitStartup();
    return new EmbeddedQuestDb(server);
  }

  /**
   * Its workers look for work without end, by default first without a pause and then for seconds
   * every millisecond, each of them, which costs more than the work itself when rows come a few
   * times a second. Nobody waits for a row to be visible; a question is answered some milliseconds
   * later. What applies rows, and what we do not use, shares the one writing worker.
   */
  private static Map<String, String> workers() {
    Map<String, String> settings = new HashMap<>();
    settings.put("QDB_SHARED_WORKER_NAP_THRESHOLD", "100");
    settings.put("QDB_SHARED_WORKER_SLEEP_THRESHOLD", "110");
    settings.put("QDB_SHARED_WORKER_SLEEP_TIMEOUT", "50");
    settings.put("QDB_WAL_APPLY_WORKER_COUNT", "0");
    settings.put("QDB_CAIRO_MAT_VIEW_ENABLED", "false");
    settings.put("QDB_MAT_VIEW_REFRESH_WORKER_COUNT", "0");
    settings.put("QDB_VIEW_COMPILER_WORKER_COUNT", "0");
    settings.put("QDB_EXPORT_WORKER_COUNT", "0");
    return settings;
  }

  /** What its compilers of SQL keep on the heap: 100 MiB by default, for queries of pages. */
  private static Map<String, String> pools() {
    return Map.of(
        "QDB_CAIRO_CHARACTER_STORE_CAPACITY", "256",
        "QDB_CAIRO_COLUMN_POOL_CAPACITY", "128",
        "QDB_CAIRO_EXPRESSION_POOL_CAPACITY", "256",
        "QDB_CAIRO_LEXER_POOL_CAPACITY", "64",
        "QDB_CAIRO_MODEL_POOL_CAPACITY", "32");
  }

  String url() {
    return "http://127.0.0.1:" + server.getHttpServerPort();
  }

  @Override
  public void close() {
    server.close();
  }
}
