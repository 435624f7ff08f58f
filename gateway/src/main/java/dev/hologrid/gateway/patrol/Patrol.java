package dev.hologrid.gateway.patrol;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A patrol that was or is being walked.
 *
 * @param plan the plan it follows, or null
 * @param round the round that it is for, or null
 * @param ended null while it lasts
 * @param points how many points its route has
 * @param visited how many of them it was at
 * @param checkIns all, in order
 * @param found the ids of the incidents that the officer reported meanwhile as of a patrol
 */
public record Patrol(
    String id,
    @Nullable String plan,
    @Nullable String round,
    String officer,
    String grid,
    Instant started,
    @Nullable Instant ended,
    int points,
    int visited,
    List<CheckIn> checkIns,
    List<String> found) {
  public Patrol {
    checkIns = List.copyOf(checkIns);
    found = List.copyOf(found);
  }

  /**
   * A check-in (打卡) with its raw position.
   *
   * @param point the number of the route's point that it was at, or null
   * @param accuracy metres
   * @param metres how far outside of the grid, or null without a border
   * @param photos hashes of attachments
   */
  public record CheckIn(
      String id,
      Instant at,
      @Nullable Integer point,
      double lon,
      double lat,
      double accuracy,
      @Nullable Double metres,
      Verdict verdict,
      String source,
      List<String> photos) {
    public CheckIn {
      photos = List.copyOf(photos);
    }
  }
}
