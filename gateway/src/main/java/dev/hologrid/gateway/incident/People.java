package dev.hologrid.gateway.incident;

import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Who there is, as of now. */
public interface People {
  @Nullable Person find(String id);

  Collection<Person> all();

  /** May be given a case now. */
  default boolean onDuty(Person person, Instant now) {
    return person.onDuty();
  }

  /** How far a person is from a place, metres; NaN where that is not known. */
  default double metresFrom(Person person, String place, Instant now) {
    return Double.NaN;
  }
}
