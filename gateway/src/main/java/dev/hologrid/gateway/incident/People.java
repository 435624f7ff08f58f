package dev.hologrid.gateway.incident;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Who there is, as of now. */
public interface People {
  @Nullable Person find(String id);

  Collection<Person> all();
}
