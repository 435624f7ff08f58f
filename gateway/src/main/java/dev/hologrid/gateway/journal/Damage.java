package dev.hologrid.gateway.journal;

/**
 * A place in a segment that holds no readable record. What follows is served; offsets keep their
 * numbers.
 *
 * @param segment the file
 * @param position where it begins, in bytes
 * @param firstLost the first offset that is missing
 * @param lastLost the last offset that is missing; smaller than {@code firstLost} when only bytes
 *     between two records are damaged
 */
public record Damage(String segment, long position, long firstLost, long lastLost) {
  @Override
  public String toString() {
    return segment
        + " at byte "
        + position
        + ": offsets "
        + firstLost
        + " to "
        + lastLost
        + " lost";
  }
}
