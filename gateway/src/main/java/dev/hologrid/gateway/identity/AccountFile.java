package dev.hologrid.gateway.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The file of accounts: lines are only ever added, and the last one of a device counts. Several
 * processes may share it: each adds under a lock, after reading what the others have added. Not for
 * two threads.
 */
final class AccountFile {
  private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rw-------");
  private final Path file;
  private final Path lock;
  private long readTo;

  AccountFile(Path folder) {
    this.file = folder.resolve("devices.ndjson");
    this.lock = folder.resolve("devices.lock");
  }

  /** Makes it where it is missing; refuses one that others on this machine may read. */
  void open() throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    for (Path each : List.of(file, lock)) {
      if (!Files.exists(each)) {
        Files.createFile(each, PosixFilePermissions.asFileAttribute(OWN));
      }
    }
    if (!OWN.containsAll(Files.getPosixFilePermissions(file))) {
      throw new IOException(file + " may be read by others; run: chmod 600 " + file);
    }
  }

  /** Whether there is something that was not read yet. */
  boolean grown() throws IOException {
    return Files.size(file) != readTo;
  }

  /** The accounts added since the last time, by whomever; a half-written last line is not one. */
  List<DeviceAccount> added() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long end = channel.size();
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(Math.max(0, end - readTo)));
      while (bytes.hasRemaining() && channel.read(bytes, readTo + bytes.position()) >= 0) {
        // until all is read
      }
      int whole = bytes.position();
      while (whole > 0 && bytes.get(whole - 1) != '\n') {
        whole--;
      }
      String text = new String(bytes.array(), 0, whole, StandardCharsets.UTF_8);
      List<DeviceAccount> found = new ArrayList<>();
      for (String line : text.lines().toList()) {
        if (!line.isBlank()) {
          found.add(read(line));
        }
      }
      readTo += whole;
      return found;
    }
  }

  private DeviceAccount read(String line) throws IOException {
    try {
      return AccountLine.read(line);
    } catch (IOException e) {
      throw new IOException(file + " holds a line that cannot be read: " + e.getMessage(), e);
    }
  }

  /** What is decided while nobody else can add. */
  interface Decision {
    List<DeviceAccount> decide(List<DeviceAccount> addedByOthers) throws IOException;
  }

  /** Reads what others have added, decides, adds; it is on disk when this returns. */
  void add(Decision decision) throws IOException {
    try (FileChannel guard = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock held = guard.lock()) {
      List<DeviceAccount> fresh = decision.decide(added());
      if (fresh.isEmpty() || !held.isValid()) {
        return;
      }
      StringBuilder lines = new StringBuilder();
      fresh.forEach(each -> lines.append(AccountLine.write(each)).append('\n'));
      ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.DSYNC)) {
        channel.truncate(readTo); // what a crash left of a line
        long at = readTo;
        while (bytes.hasRemaining()) {
          at += channel.write(bytes, at);
        }
        readTo = at;
      }
    }
  }
}
