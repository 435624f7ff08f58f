package dev.hologrid.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The alerts that an engine gave, as {@code subject time}. For engines that say when a condition is
 * true and leave an alert's life to their host, it also tells what starts one: as little work as
 * can be, since it counts as the engine's.
 */
public final class Alerts {
  private final long[] until;
  private final int[] lastNth;
  private final boolean[] on;
  private int[] subjects = new int[1 << 12];
  private long[] times = new long[1 << 12];
  private int count;

  /** For subjects numbered below {@code subjectCount}. */
  public Alerts(int subjectCount) {
    until = new long[subjectCount];
    lastNth = new int[subjectCount];
    on = new boolean[subjectCount];
    Arrays.fill(lastNth, Integer.MIN_VALUE);
  }

  /** An alert started. */
  public void add(int subject, long time) {
    if (count == times.length) {
      subjects = Arrays.copyOf(subjects, count * 2);
      times = Arrays.copyOf(times, count * 2);
    }
    subjects[count] = subject;
    times[count++] = time;
  }

  /** The condition is true at {@code time} and will be until a moment, come what may. */
  public void trueUntil(int subject, long time, long end) {
    if (time >= until[subject]) {
      add(subject, time);
    }
    until[subject] = Math.max(until[subject], end);
  }

  /** The condition was true at the subject's {@code nth} reading. */
  public void trueAt(int subject, int nth, long time) {
    if (lastNth[subject] != nth - 1) {
      add(subject, time);
    }
    lastNth[subject] = nth;
  }

  /** The condition became true by a reading, or was so already. */
  public void on(int subject, long time) {
    if (!on[subject]) {
      on[subject] = true;
      add(subject, time);
    }
  }

  /** The condition became false. */
  public void off(int subject) {
    on[subject] = false;
  }

  public int size() {
    return count;
  }

  /** Each as {@code subject time}, sorted. */
  public List<String> lines(String[] names) {
    List<String> lines = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      lines.add(names[subjects[i]] + " " + (times[i] - Stream.START));
    }
    Collections.sort(lines);
    return lines;
  }
}
