package dev.hologrid.gateway.incident;

/**
 * How urgent it is and who looks at it.
 *
 * @param level who answers for it now
 * @param highest the highest level it ever reached
 * @param supervised 督办
 */
public record Standing(Priority priority, Level level, Level highest, boolean supervised) {
  Standing priority(Priority now) {
    return new Standing(now, level, highest, supervised);
  }

  Standing level(Level now) {
    return new Standing(priority, now, now.above(highest) ? now : highest, supervised);
  }

  Standing supervised(boolean now) {
    return new Standing(priority, level, highest, now);
  }
}
