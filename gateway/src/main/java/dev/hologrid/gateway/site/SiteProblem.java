package dev.hologrid.gateway.site;

/**
 * One thing wrong in a site file, with a way out in its message.
 *
 * @param line from 1; 0 when it is about the whole file
 */
public record SiteProblem(String file, int line, String message) {
  @Override
  public String toString() {
    return line == 0 ? file + ": " + message : file + ":" + line + ": " + message;
  }
}
