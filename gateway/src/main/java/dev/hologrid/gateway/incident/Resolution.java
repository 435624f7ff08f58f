package dev.hologrid.gateway.incident;

/** How a case ended; mandatory for sensor incidents and disputes. */
public enum Resolution {
  /** The sensor was right. */
  REAL(Kind.SENSOR),
  COOKING(Kind.SENSOR),
  DUST(Kind.SENSOR),
  TEST(Kind.SENSOR),
  INSECTS(Kind.SENSOR),
  STEAM(Kind.SENSOR),
  OTHER_FALSE_ALARM(Kind.SENSOR),
  /** The parties signed an agreement. */
  AGREEMENT(Kind.DISPUTE),
  WITHDRAWN(Kind.DISPUTE),
  NO_AGREEMENT(Kind.DISPUTE),
  REFERRED_TO_COURT(Kind.DISPUTE),
  /** The work is done. */
  DONE(Kind.WORK),
  NOT_FOUND(Kind.WORK),
  NOT_NEEDED(Kind.WORK),
  /** Closed with the incident it repeats; set by the server. */
  DUPLICATE(Kind.ANY),
  /** Forced by a supervisor. */
  FORCED(Kind.ANY);

  private enum Kind {
    SENSOR,
    DISPUTE,
    WORK,
    ANY
  }

  private final Kind kind;

  Resolution(Kind kind) {
    this.kind = kind;
  }

  public boolean isFalseAlarm() {
    return kind == Kind.SENSOR && this != REAL;
  }

  boolean fits(Origin origin) {
    return switch (origin) {
      case SENSOR -> kind == Kind.SENSOR;
      case DISPUTE -> kind == Kind.DISPUTE;
      default -> kind == Kind.WORK || this == REAL;
    };
  }
}
