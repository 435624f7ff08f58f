package dev.hologrid.rules.engine;

import dev.hologrid.rules.alert.Term;
import java.util.List;

/** Says again whether an activation's condition holds when time alone has passed. */
interface Judge {
  /** Is the condition true at {@code now}? */
  boolean raises(Activation activation, long now);

  /** Is the clear condition true at {@code now}? Asked when {@link #raises} said no. */
  boolean clears(Activation activation, long now);

  /**
   * When after {@code now} the answer may change by time alone; {@link Activation#NONE} for never.
   */
  long nextChange(Activation activation, long now);

  /** What the parts of the condition come to at {@code now}, for the alert to tell. */
  List<Term> terms(Activation activation, long now);

  /** The same of the levels' conditions. */
  default List<Term> levelTerms(Activation activation, long now) {
    return List.of();
  }
}
