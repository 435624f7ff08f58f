package dev.hologrid.gateway.alerting;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's state with its place in both journals, in two files that take turns, so that a crash
 * while one is written leaves the other. Version 1: magic, version, position, alerts, clock,
 * length, state, CRC32C.
 */
final class Snapshots {
  private static final Logger log = LoggerFactory.getLogger(Snapshots.class);
  private static final int MAGIC = 0x4847534E;
  private static final byte VERSION = 1;
  private static final int PART = 512 << 10;
  private static final int HEAD = 4 + 1 + 8 + 8 + 8 + 4;

  /**
   * One state.
   *
   * @param position the next offset of the readings journal
   * @param alerts the offset after the last alert record that this state has made
   * @param clock where the stream had moved the receipt clock to
   */
  @SuppressWarnings("ArrayRecordComponent") // written once, read once
  record Snapshot(long position, long alerts, long clock, byte[] state) {}

  private final Path folder;
  private int turn;

  Snapshots(Path folder) {
    this.folder = folder;
  }

  /** What can be read, newest first. */
  List<Snapshot> read() throws IOException {
    List<Snapshot> found = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Path file = file(i);
      if (Files.exists(file)) {
        Snapshot snapshot = parse(Files.readAllBytes(file));
        if (snapshot == null) {
          log.warn("the engine state in {} is damaged and not used", file);
        } else {
          found.add(snapshot);
          turn = found.getFirst().position() > snapshot.position() ? i : 1 - i;
        }
      }
    }
    found.sort(Comparator.comparingLong(Snapshot::position).reversed());
    return found;
  }

  private static @org.jspecify.annotations.Nullable Snapshot parse(byte[] bytes) {
    if (bytes.length < HEAD + 4) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (in.getInt() != MAGIC || in.get() != VERSION) {
      return null;
    }
    long position = in.getLong();
    long alerts = in.getLong();
    long clock = in.getLong();
    int length = in.getInt();
    if (length != bytes.length - HEAD - 4) {
      return null;
    }
    byte[] state = new byte[length];
    in.get(state);
    return in.getInt() == crc(bytes) ? new Snapshot(position, alerts, clock, state) : null;
  }

  private static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - 4);
    return (int) crc.getValue();
  }

  /** Replaces the older of the two files; on disk when it returns. */
  synchronized void write(Snapshot snapshot) throws IOException {
    Files.createDirectories(folder);
    byte[] state = snapshot.state();
    ByteBuffer head = ByteBuffer.allocate(HEAD);
    head.putInt(MAGIC).put(VERSION).putLong(snapshot.position()).putLong(snapshot.alerts());
    head.putLong(snapshot.clock()).putInt(state.length).flip();
    CRC32C crc = new CRC32C();
    crc.update(head.array());
    crc.update(state);
    Path fresh = folder.resolve("engine.new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE,
            StandardOpenOption.DSYNC)) {
      put(channel, head);
      for (int at = 0; at < state.length; at += PART) {
        // In parts, each on disk before the next: else the journals' next sync would wait for all.
        put(channel, ByteBuffer.wrap(state, at, Math.min(PART, state.length - at)));
      }
      put(channel, ByteBuffer.allocate(4).putInt((int) crc.getValue()).flip());
    }
    Files.move(fresh, file(turn), StandardCopyOption.ATOMIC_MOVE);
    turn = 1 - turn;
  }

  private static void put(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      int unused = channel.write(bytes);
    }
  }

  private Path file(int which) {
    return folder.resolve("engine." + which);
  }
}
