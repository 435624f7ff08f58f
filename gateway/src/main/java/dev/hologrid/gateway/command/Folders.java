package dev.hologrid.gateway.command;

import java.nio.file.Path;

/** Where the program lies and where it was called from, as told by the launcher. */
final class Folders {
  private Folders() {}

  static Path home() {
    return Path.of(System.getProperty("hologrid.home", ".")).toAbsolutePath().normalize();
  }

  static Path working() {
    return Path.of(System.getProperty("hologrid.cwd", ".")).toAbsolutePath().normalize();
  }
}
