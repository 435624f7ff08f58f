package dev.hologrid.gateway.source.endpoint;

import dev.hologrid.gateway.component.Check;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A server that may have few files open, and says how it is whenever it is sent a line. */
final class FullHouseTarget {
  private FullHouseTarget() {}

  public static void main(String[] args) throws Exception {
    Rig rig = new Rig(Path.of(args[0]));
    String loaded = Check.degraded("classes in folders are files to be opened, too").toString();
    System.err.println(loaded);
    System.out.println(rig.port());
    BufferedReader asked =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (asked.readLine() != null) {
      System.out.println(rig.endpoint.notAccepted() + " " + rig.endpoint.check());
    }
    rig.close();
  }
}
