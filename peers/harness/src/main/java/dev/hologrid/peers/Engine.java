package dev.hologrid.peers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/** An engine that can be measured: where it is and which rules it has. */
enum Engine {
  HOLOGRID("HoloGrid", "harness", "dev.hologrid.peers.HoloGridSubject"),
  ESPER("Esper 9.0.0", "esper", "dev.hologrid.peers.esper.EsperSubject"),
  DROOLS("Drools 10.2.0", "drools", "dev.hologrid.peers.drools.DroolsSubject"),
  FLINK("Flink CEP 2.3.0", "flink", "dev.hologrid.peers.flink.FlinkSubject");

  final String title;
  final String subject;
  private final String module;

  Engine(String title, String module, String subject) {
    this.title = title;
    this.module = module;
    this.subject = subject;
  }

  /** Can the engine say the rule at all? Flink CEP knows patterns, not windows or timers alone. */
  boolean says(BenchRule rule) {
    return this != FLINK || rule == BenchRule.CORRELATION || rule == BenchRule.SEQUENCE;
  }

  private Path target(Path home) {
    return home.resolve("peers").resolve(module).resolve("target");
  }

  private Path jar(Path home) {
    return target(home).resolve("hologrid-peers-" + module + ".jar");
  }

  boolean built(Path home) {
    return Files.exists(jar(home));
  }

  String classPath(Path home) {
    return jar(home) + File.pathSeparator + target(home).resolve("lib") + File.separator + "*";
  }
}
