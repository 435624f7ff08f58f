package dev.hologrid.gateway.archive;

/** The database will never take these rows as they are. */
final class Refused extends Exception {
  Refused(String message) {
    super(message);
  }
}
