package dev.hologrid.peers;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Processor time: what an engine costs, whoever else is at work on the machine. On a quiet one it is
 * the time on the wall.
 */
public final class Cpu {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private Cpu() {}

  /** Of the calling thread, in nanoseconds. The collector's threads do not count. */
  public static long nanos() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /** Of all threads of this JVM, in nanoseconds, for an engine that has its own. */
  public static long processNanos() {
    return SYSTEM.getProcessCpuTime();
  }
}
