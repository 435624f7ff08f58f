package dev.hologrid.gateway.source.endpoint;

import java.nio.file.Path;

/** The program that is killed: endpoint, ingest and journal, until the end. */
final class CrashTarget {
  private CrashTarget() {}

  public static void main(String[] args) throws Exception {
    Rig rig = new Rig(Path.of(args[0]));
    System.out.println("port " + rig.port());
    System.out.flush();
    Thread.currentThread().join();
  }
}
