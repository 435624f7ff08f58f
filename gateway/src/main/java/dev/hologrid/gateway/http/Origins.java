package dev.hologrid.gateway.http;

import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The cross-site rule: what changes something must come from our own pages or from a program. */
final class Origins {
  static final String MARK = "X-HoloGrid";

  private Origins() {}

  static void check(HttpServerRequest request) {
    if (!"1".equals(request.getHeader(MARK))) {
      throw Refused.forbidden("requests that change something need the header " + MARK + ": 1");
    }
    checkSite(request);
  }

  /** Refuses what another site's page sends. */
  static void checkSite(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      throw Refused.forbidden("this request comes from another site (" + word(site) + ")");
    }
    if (!own(request)) {
      throw Refused.forbidden("the header Origin names another site");
    }
  }

  /** True when the request has no Origin, or our own. */
  static boolean own(HttpServerRequest request) {
    String origin = request.getHeader("Origin");
    return origin == null || authority(origin).equals(request.getHeader("Host"));
  }

  private static String authority(String origin) {
    try {
      @Nullable String authority = URI.create(origin).getRawAuthority();
      return authority == null ? "" : authority;
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String word(String header) {
    return header.matches("[a-z-]{1,20}") ? header : "unknown";
  }
}
