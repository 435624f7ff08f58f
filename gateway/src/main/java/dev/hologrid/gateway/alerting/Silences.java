package dev.hologrid.gateway.alerting;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The silences of operators, in one file that is replaced as a whole. Safe for many threads. */
final class Silences {
  static final int MOST = 1_000;
  private static final long KEPT_MS = 7L * 86_400_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private List<Silence> all = List.of();

  Silences(Path folder) {
    this.file = folder.resolve("silences.json");
  }

  /** Reads what was kept; nothing when there is no file. */
  synchronized void load() throws IOException {
    if (Files.exists(file)) {
      all =
          List.copyOf(
              JSON.readValue(Files.readAllBytes(file), new TypeReference<List<Silence>>() {}));
    }
  }

  synchronized List<Silence> all() {
    return all;
  }

  /** On disk when it returns. */
  synchronized void add(Silence silence, long now) throws IOException {
    List<Silence> next = new ArrayList<>(all);
    next.removeIf(each -> each.until() < now - KEPT_MS);
    if (next.size() >= MOST) {
      throw new IOException("there are " + MOST + " silences already; remove some");
    }
    next.add(silence);
    keep(next);
  }

  /** False when there is none of that id. */
  synchronized boolean remove(String id) throws IOException {
    List<Silence> next = new ArrayList<>(all);
    boolean there = next.removeIf(each -> each.id().equals(id));
    if (there) {
      keep(next);
    }
    return there;
  }

  private void keep(List<Silence> next) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path fresh = file.resolveSibling("silences.new");
    Files.write(
        fresh,
        JSON.writeValueAsBytes(next),
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE,
        StandardOpenOption.DSYNC);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    all = List.copyOf(next);
  }
}
