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
    return simulator(List.of(), arguments);
  }

  /** The same with more options for its Java machine. */
  public static List<String> simulator(List<String> jvm, String... arguments) {
    List<String> line = new ArrayList<>(java("-Xmx512m"));
    line.addAll(jvm);
    line.addAll(archive("simulator"));
    line.addAll(
        List.of("-cp", System.getProperty("java.class.path"), "dev.hologrid.simulator.Main"));
    line.addAll(List.of(arguments));
    return line;
  }

  /** Whether the gateway runs from its jar, as {@code ./hologrid build} leaves it. */
  public static boolean gatewayIsBuilt() {
    return System.getProperty(GATEWAY_CLASS_PATH) == null;
  }

  /** Options that make a gateway start from the archive of classes that the build has left. */
  public static List<String> gatewayArchive() {
    return gatewayIsBuilt() ? archive("gateway") : List.of();
  }

  private static List<String> archive(String part) {
    String file = System.getProperty("hologrid." + part + ".classes", "");
    if (file.isEmpty() || !Files.exists(Path.of(file))) {
      return List.of();
    }
    return Runtime.version().feature() >= 25
        ? List.of("-XX:AOTCache=" + file, "-Xlog:aot*=off,cds*=off")
        : List.of("-XX:SharedArchiveFile=" + file, "-Xlog:cds*=off");
  }

  /** The gateway's program with a subcommand and its options. */
  public static List<String> gateway(List<String> arguments) {
    return gateway(List.of("-Xmx1g"), arguments);
  }

  /** The same with options for its Java machine. */
  public static List<String> gateway(List<String> jvm, List<String> arguments) {
    List<String> line = new ArrayList<>(java(asLaunched().toArray(String[]::new)));
    line.addAll(jvm);
    line.addAll(List.of("-cp", gatewayClassPath(), "dev.hologrid.gateway.Main"));
    line.addAll(arguments);
    return line;
  }

  /** The flags with which {@code ./hologrid} starts a gateway, its archive of classes included. */
  private static List<String> asLaunched() {
    List<String> flags = new ArrayList<>();
    String archive = System.getProperty("hologrid.gateway.classes", "");
    if (gatewayIsBuilt() && !archive.isEmpty() && Files.exists(Path.of(archive))) {
      boolean cache = Runtime.version().feature() >= 25;
      flags.add((cache ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive);
      flags.add(cache ? "-Xlog:aot*=off,cds*=off" : "-Xlog:cds*=off");
    }
    for (String each : System.getProperty("hologrid.gateway.flags", "").split(" ", -1)) {
      if (!each.isEmpty()) {
        flags.add(each);
      }
    }
    return flags;
  }

  /** A main class among the gateway's compiled tests; empty when they are not compiled. */
  public static List<String> gatewayTest(String main, String... arguments) {
    Path tests =
        Path.of(
            System.getProperty(
                "hologrid.gateway.test-classes",
                Path.of(System.getProperty("hologrid.home", "."))
                    .resolve("gateway/target/test-classes")
                    .toString()));
    if (!Files.exists(tests.resolve(main.replace('.', '/') + ".class"))) {
      return List.of();
    }
    List<String> line = new ArrayList<>(java("-Xmx512m"));
    line.addAll(List.of("-cp", tests + File.pathSeparator + gatewayClassPath(), main));
    line.addAll(List.of(arguments));
    return line;
  }

  private static List<String> java(String... options) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("--enable-native-access=ALL-UNNAMED");
    if (Runtime.version().feature() >= 23) {
      line.add("--sun-misc-unsafe-memory-access=allow");
    }
    line.addAll(List.of(options));
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
