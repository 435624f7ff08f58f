package dev.hologrid.peers;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The processor time of this JVM, its collector's threads included: what an engine costs, whoever
 * else is at work on the machine. On a quiet one it is the time on the wall for engines of one
 * thread; for one of several it is what they cost together.
 */
public final class Cpu {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private Cpu() {}

  /** Nanoseconds so far. */
  public static long nanos() {
    return SYSTEM.getProcessCpuTime();
  }
}
