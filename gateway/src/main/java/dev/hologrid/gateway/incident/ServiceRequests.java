package dev.hologrid.gateway.incident;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What service requests say beside their incidents. Blocks. Safe for use by many threads. */
public final class ServiceRequests {
  private final Jdbi writer;
  private final Jdbi reader;

  public ServiceRequests(Database database) {
    this.writer = database.writer();
    this.reader = database.reader();
  }

  /**
   * Where it is and what it looks like, in the words of whoever reported it.
   *
   * @param lat WGS 84 degrees, or null when only an address is known
   * @param lon the same
   * @param address empty when only a position is known
   * @param mediaUrl an address of a picture, never fetched by us; or null
   * @param description as it was sent; null where it was not kept
   */
  public record Details(
      @Nullable Double lat,
      @Nullable Double lon,
      String address,
      @Nullable String mediaUrl,
      @Nullable String description) {
    public static final Details NONE = new Details(null, null, "", null, null);
  }

  /** Keeps the first that is said of an incident; a repeated request changes nothing. */
  public void keep(String incident, Details details) {
    writer.useHandle(
        handle ->
            handle
                .createUpdate(
                    "insert into service_requests"
                        + " (incident, lat, lon, address, media_url, description)"
                        + " values (?, ?, ?, ?, ?, ?) on conflict (incident) do nothing")
                .bind(0, incident)
                .bind(1, details.lat())
                .bind(2, details.lon())
                .bind(3, details.address())
                .bind(4, details.mediaUrl())
                .bind(5, details.description())
                .execute());
  }

  /** By incident; those that nothing more is known of are left out. */
  public Map<String, Details> find(List<String> incidents) {
    Map<String, Details> found = new HashMap<>();
    if (incidents.isEmpty()) {
      return found;
    }
    reader.useHandle(
        handle ->
            handle
                .createQuery(
                    "select incident, lat, lon, address, media_url, description"
                        + " from service_requests"
                        + " where incident in (<ids>)")
                .bindList("ids", incidents)
                .map(
                    (rs, ctx) ->
                        Map.entry(
                            rs.getString(1),
                            new Details(
                                (Double) rs.getObject(2),
                                (Double) rs.getObject(3),
                                rs.getString(4),
                                rs.getString(5),
                                rs.getString(6))))
                .forEach(each -> found.put(each.getKey(), each.getValue())));
    return found;
  }
}
