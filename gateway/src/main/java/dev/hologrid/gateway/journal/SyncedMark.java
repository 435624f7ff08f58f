package dev.hologrid.gateway.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A note beside the segments that all records before an offset were synced. What is missing below
 * it at the next start is damage and not a torn tail. Older than the truth does no harm, so it need
 * not be synced itself.
 */
final class SyncedMark {
  private static final String FILE = "synced";

  private SyncedMark() {}

  static long read(Disk disk, Path folder) throws IOException {
    String text = new String(disk.readSmall(folder.resolve(FILE)), StandardCharsets.US_ASCII);
    String[] words = text.trim().split(" ", -1);
    boolean whole =
        words.length == 2
            && words[0].matches("\\d{1,18}")
            && words[1].equals(Integer.toHexString(words[0].hashCode()));
    return whole ? Long.parseLong(words[0]) : 0;
  }

  static void write(Disk disk, Path folder, long end) throws IOException {
    String number = Long.toString(end);
    String text = number + " " + Integer.toHexString(number.hashCode()) + "\n";
    disk.writeSmall(folder.resolve(FILE), text.getBytes(StandardCharsets.US_ASCII));
  }
}
