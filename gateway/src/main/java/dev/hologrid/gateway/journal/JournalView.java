package dev.hologrid.gateway.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads a journal's files without claiming, repairing or writing them, so also beside the server
 * that writes them. A record that is not whole yet, or never will be, is passed over.
 */
public final class JournalView {
  private final Path folder;

  public JournalView(Path folder) {
    this.folder = folder;
  }

  /** Is there a journal at all? */
  public boolean exists() {
    return Files.isDirectory(folder);
  }

  /** Takes records; says whether it wants more. */
  public interface Taker {
    boolean take(long offset, byte[] record) throws IOException;
  }

  /**
   * Hands over what is stored now, in order.
   *
   * @return how many records were handed over
   * @throws IOException when the folder is no journal or cannot be read
   */
  public long read(Taker each) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(Segment::named).sorted().toList();
    }
    long count = 0;
    for (Path file : files) {
      try (Disk.Storage storage =
          new Disk.ChannelStorage(FileChannel.open(file, StandardOpenOption.READ))) {
        SegmentHeader header = SegmentHeader.read(storage);
        if (header == null) {
          continue; // being made, or damaged: nothing of it can be told from chance
        }
        SegmentScan scan =
            new SegmentScan(storage, header.salt(), SegmentHeader.SIZE, header.base());
        long end = storage.size();
        while (scan.next(end)) {
          count++;
          if (!each.take(scan.offset(), scan.record())) {
            return count;
          }
        }
      } catch (NoSuchFileException gone) {
        // deleted for its age meanwhile
      }
    }
    return count;
  }
}
