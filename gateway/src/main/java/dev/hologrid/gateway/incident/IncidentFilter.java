package dev.hologrid.gateway.incident;

import org.jspecify.annotations.Nullable;

/**
 * What a list should hold; null fields do not filter.
 *
 * @param place a place of the tree: everything under it
 * @param more further conditions
 * @param cursor the {@code next} of the page before
 * @param limit 1 to 500
 */
public record IncidentFilter(
    @Nullable State state,
    @Nullable Boolean open,
    @Nullable String category,
    @Nullable Priority priority,
    @Nullable String place,
    @Nullable String assignee,
    More more,
    @Nullable String cursor,
    int limit) {
  /**
   * What an operator narrows a storm down by.
   *
   * @param reporter a person's own reports
   * @param rule with an alert of this rule
   */
  public record More(
      @Nullable String department,
      @Nullable Origin origin,
      @Nullable Level level,
      @Nullable Boolean overdue,
      @Nullable Boolean supervised,
      @Nullable String reporter,
      @Nullable String rule) {
    public static final More NONE = new More(null, null, null, null, null, null, null);
  }

  /** Without further conditions. */
  public IncidentFilter(
      @Nullable State state,
      @Nullable Boolean open,
      @Nullable String category,
      @Nullable Priority priority,
      @Nullable String place,
      @Nullable String assignee,
      @Nullable String cursor,
      int limit) {
    this(state, open, category, priority, place, assignee, More.NONE, cursor, limit);
  }

  /** The first page of everything. */
  public static final IncidentFilter ALL =
      new IncidentFilter(null, null, null, null, null, null, null, 50);

  public IncidentFilter open(boolean wanted) {
    return new IncidentFilter(
        state, wanted, category, priority, place, assignee, more, cursor, limit);
  }

  public IncidentFilter state(State wanted) {
    return new IncidentFilter(
        wanted, open, category, priority, place, assignee, more, cursor, limit);
  }

  public IncidentFilter place(String wanted) {
    return new IncidentFilter(
        state, open, category, priority, wanted, assignee, more, cursor, limit);
  }

  public IncidentFilter assignee(String wanted) {
    return new IncidentFilter(state, open, category, priority, place, wanted, more, cursor, limit);
  }

  public IncidentFilter after(@Nullable String wanted, int most) {
    return new IncidentFilter(state, open, category, priority, place, assignee, more, wanted, most);
  }

  public IncidentFilter more(More wanted) {
    return new IncidentFilter(
        state, open, category, priority, place, assignee, wanted, cursor, limit);
  }
}
