package dev.hologrid.gateway.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * How long the start has taken so far: since the launcher began (it becomes this process), or, when
 * it had to build first, since the build was done.
 */
final class StartTime {
  /** Linux counts a process's start in these, whatever the kernel's own tick is. */
  private static final long TICKS_PER_SECOND = 100;

  private static final int START_FIELD = 19; // the 22nd of proc(5), counted behind the name

  private StartTime() {}

  static long elapsedMs() {
    long sinceStart = sinceProcessStart();
    String built = System.getProperty("hologrid.built", "");
    if (built.isEmpty()) {
      return sinceStart;
    }
    // Whole seconds, cut off: rather too long than too short.
    return Math.min(sinceStart, System.currentTimeMillis() - 1_000 * Long.parseLong(built));
  }

  private static long sinceProcessStart() {
    try {
      String stat = Files.readString(Path.of("/proc/self/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      String uptime = Files.readString(Path.of("/proc/uptime"));
      double now = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
      double start = (double) Long.parseLong(fields[START_FIELD]) / TICKS_PER_SECOND;
      return Math.round((now - start) * 1_000);
    } catch (IOException e) {
      // Not Linux. Java's answer is derived from the boot time in whole seconds on Linux, hence not
      // used there: it is up to a second off.
      return Duration.between(
              ProcessHandle.current().info().startInstant().orElse(Instant.now()), Instant.now())
          .toMillis();
    }
  }
}
