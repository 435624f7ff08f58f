package dev.hologrid.simulator.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines of our own programs. */
public final class Programs {
  private static final String GATEWAY_CLASS_PATH = "hologrid.gateway.classpath";

  private Programs() {}

  /** This simulator again, with other arguments. */
  public static List<String> simulator(String... arguments) {
    List<String> line = new ArrayList<>(java("-Xmx512m"));
    line.addAll(
        List.of("-cp", System.getProperty("java.class.path"), "dev.hologrid.simulator.Main"));
    line.addAll(List.of(arguments));
    return line;
  }

  /** The gateway's program with a subcommand and its options. */
  public static List<String> gateway(List<String> arguments) {
    List<String> line = new ArrayList<>(java("-Xmx1g"));
    line.addAll(List.of("-cp", gatewayClassPath(), "dev.hologrid.gateway.Main"));
    line.addAll(arguments);
    return line;
  }

  private static List<String> java(String heap) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("--enable-native-access=ALL-UNNAMED");
    if (Runtime.version().feature() >= 23) {
      line.add("--sun-misc-unsafe-memory-access=allow");
    }
    line.add(heap);
    return line;
  }

  private static String gatewayClassPath() {
    String given = System.getProperty(GATEWAY_CLASS_PATH);
    if (given != null) {
      return given;
    }
    Path target = Path.of(System.getProperty("hologrid.home", ".")).resolve("gateway/target");
    Path jar = target.resolve("hologrid-gateway.jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException(
          "the gateway is not built: " + jar + " is missing; ./hologrid build makes it");
    }
    return jar + File.pathSeparator + target.resolve("lib/*");
  }
}
