package dev.hologrid.gateway.http;

import dev.hologrid.gateway.incident.Opening;
import dev.hologrid.gateway.incident.Origin;
import dev.hologrid.gateway.incident.ServiceRequests.Details;
import dev.hologrid.gateway.site.Place;
import dev.hologrid.gateway.site.PlaceTree;
import dev.hologrid.rules.PlaceLevel;
import io.vertx.core.MultiMap;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service request as it is posted: where, what kind, in whose words. */
record ServiceForm(MultiMap fields) {
  private static final int LONGEST_DESCRIPTION = 4_000;
  private static final int LONGEST_TEXT = 500;
  private static final int LONGEST_TITLE = 80;

  /** Null when it is missing or empty: the two are the same. */
  @Nullable String text(String name) {
    String value = fields.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  private String bounded(String name, int longest) {
    String value = text(name);
    if (value == null) {
      return "";
    }
    if (value.length() > longest) {
      throw Refused.badRequest(name, name + " must have at most " + longest + " characters");
    }
    return value;
  }

  String service() {
    String code = text("service_code");
    if (code == null) {
      throw Refused.badRequest(
          "service_code", "service_code was not provided; GET services.json lists them");
    }
    return code;
  }

  Details details() {
    Double lat = degrees("lat", 90);
    Double lon = degrees("long", 180);
    if ((lat == null) != (lon == null)) {
      throw Refused.badRequest("lat", "lat and long must be provided together");
    }
    String media = bounded("media_url", LONGEST_TEXT);
    if (!media.isEmpty() && !isWeb(media)) {
      throw Refused.badRequest("media_url", "media_url must be an address with http or https");
    }
    return new Details(
        lat,
        lon,
        bounded("address_string", LONGEST_TEXT),
        media.isEmpty() ? null : media,
        bounded("description", LONGEST_DESCRIPTION));
  }

  private @Nullable Double degrees(String name, double most) {
    String value = text(name);
    if (value == null) {
      return null;
    }
    try {
      double degrees = Double.parseDouble(value);
      if (Math.abs(degrees) <= most) {
        return degrees;
      }
    } catch (NumberFormatException e) {
      // said below, as for a number out of range
    }
    throw Refused.badRequest(name, name + " must be degrees from -" + most + " to " + most);
  }

  private static boolean isWeb(String address) {
    try {
      URI uri = URI.create(address);
      return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * As an incident.
   *
   * @param answers to the questions of the service, a line each
   */
  Opening opening(String serviceName, PlaceTree places, Details details, List<String> answers) {
    String description = bounded("description", LONGEST_DESCRIPTION);
    String title = description.lines().findFirst().orElse("");
    return new Opening(
        service(),
        place(places, details),
        title.isBlank() ? serviceName : title.substring(0, cut(title)),
        whole(description, details, answers),
        Origin.RESIDENT,
        null,
        List.of());
  }

  /** With what helps to find it, for those who go there. */
  private static String whole(String description, Details details, List<String> answers) {
    StringBuilder text = new StringBuilder(description);
    answers.forEach(each -> text.append("\n").append(each));
    if (!details.address().isEmpty()) {
      text.append("\n").append(details.address());
    }
    if (details.lat() != null) {
      text.append("\n").append(details.lat()).append(", ").append(details.lon());
    }
    if (details.mediaUrl() != null) {
      text.append("\n").append(details.mediaUrl());
    }
    return text.toString().strip();
  }

  private static int cut(String title) {
    int end = Math.min(title.length(), LONGEST_TITLE);
    return end > 0 && Character.isHighSurrogate(title.charAt(end - 1)) ? end - 1 : end;
  }

  /** The deepest place at the position, else the place of that code, else the whole district. */
  private String place(PlaceTree places, Details details) {
    String code = text("address_id");
    if (code != null) {
      if (places.place(code) == null) {
        throw Refused.badRequest("address_id", "there is no place " + code);
      }
      return code;
    }
    if (details.lat() == null && details.address().isEmpty()) {
      throw Refused.badRequest(
          "lat", "a location was not provided: lat and long, or address_string, or address_id");
    }
    if (places.roots().isEmpty()) {
      throw Refused.badRequest("lat", "this server has no places yet");
    }
    String root = places.roots().getFirst().code();
    if (details.lat() == null || details.lon() == null) {
      return root;
    }
    PlaceLevel[] levels = PlaceLevel.values();
    for (int i = levels.length - 1; i >= 0; i--) {
      Place found = places.at(details.lon(), details.lat(), levels[i]);
      if (found != null) {
        return found.code();
      }
    }
    if (places.geometry(root) != null) {
      throw Refused.badRequest("lat", "lat and long are outside of the district");
    }
    return root;
  }
}
