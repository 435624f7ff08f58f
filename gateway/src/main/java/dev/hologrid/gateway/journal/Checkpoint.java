package dev.hologrid.gateway.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Where a follower goes on after a restart: the offset of the next record, as text in a file that
 * is replaced as a whole. An older value only means that some records come again. Not for two
 * threads.
 */
final class Checkpoint {
  private final Path file;

  Checkpoint(Path file) {
    this.file = file;
  }

  /** 0 when there is none yet, or when it cannot be read. */
  long read() throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    String text = Files.readString(file, StandardCharsets.US_ASCII).trim();
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }

  void write(long next) {
    try {
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(fresh, next + "\n", StandardCharsets.US_ASCII);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("the checkpoint " + file + " could not be written", e);
    }
  }
}
