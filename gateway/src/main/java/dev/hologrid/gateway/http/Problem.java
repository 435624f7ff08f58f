package dev.hologrid.gateway.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 has it.
 *
 * @param type names the kind of problem
 * @param title the kind in words
 * @param detail what is wrong this time, and the way out
 * @param field what part of the request is wrong
 * @param refusal the domain's name for the reason
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(
    String type,
    String title,
    int status,
    String detail,
    @Nullable String field,
    @Nullable String refusal) {

  static Problem of(int status, String detail) {
    return new Problem("about:blank", title(status), status, detail, null, null);
  }

  Problem at(String name) {
    return new Problem(type, title, status, detail, name, refusal);
  }

  Problem because(String name) {
    return new Problem(type, title, status, detail, field, name);
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad request";
      case 401 -> "Not signed in";
      case 403 -> "Not allowed";
      case 404 -> "Not found";
      case 405 -> "Method not allowed";
      case 406 -> "Not acceptable";
      case 409 -> "Conflict";
      case 412 -> "Precondition failed";
      case 413 -> "Too large";
      case 414 -> "Address too long";
      case 415 -> "Unsupported media type";
      case 429 -> "Too many requests";
      case 431 -> "Headers too large";
      case 503 -> "Not available now";
      default -> status < 500 ? "Request refused" : "Internal error";
    };
  }
}
