package dev.hologrid.gateway.patrol;

/** What a check-in's position says. */
public enum Verdict {
  INSIDE,
  /** Outside of the border, by no more than the position may be wrong. */
  NEAR,
  OUTSIDE,
  /** The position is too coarse to say anything. */
  IMPRECISE,
  /** The grid has no border on the map. */
  NO_BORDER;

  /** Beyond the border by so much still counts, as positions between houses are that good. */
  static final double TOLERANCE_METRES = 50;

  static final double COARSEST_METRES = 200;

  /**
   * Judges a position.
   *
   * @param metres how far outside of the border it is, 0 inside, NaN without a border
   * @param accuracy the radius that the phone gives, metres
   */
  static Verdict of(double metres, double accuracy) {
    if (Double.isNaN(metres)) {
      return NO_BORDER;
    }
    if (accuracy > COARSEST_METRES) {
      return IMPRECISE;
    }
    if (metres <= 0) {
      return INSIDE;
    }
    return metres <= TOLERANCE_METRES ? NEAR : OUTSIDE;
  }

  /** It counts as having been there. */
  public boolean counts() {
    return this == INSIDE || this == NEAR;
  }
}
