package dev.hologrid.simulator.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One way to break a gateway.
 *
 * @param id {@code F1} to {@code F23}; a letter tells variants apart
 * @param what it does, in a few words
 * @param needs programs that must be installed
 * @param inShort whether the short form has it
 */
record Fault(String id, String what, List<String> needs, boolean inShort, Injection injection) {
  /** Injects it and compares. */
  interface Injection {
    Row run(Bench bench) throws IOException, InterruptedException;
  }

  private static final List<String> FOLDERS =
      List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin");

  Row run(Campaign campaign) throws InterruptedException {
    List<String> missing = needs.stream().filter(each -> !installed(each)).toList();
    if (!missing.isEmpty()) {
      return Row.notRun(id, String.join(", ", missing));
    }
    if (needs.contains("strace") && !mayTrace()) {
      return Row.notRun(id, "the right to trace processes (ptrace)");
    }
    try (Bench bench = new Bench(campaign, id)) {
      return injection.run(bench);
    } catch (IOException | UncheckedIOException e) {
      return new Row(id, 1, 0, 0, 0, 0, "not finished: " + e.getMessage());
    }
  }

  private static boolean mayTrace() throws InterruptedException {
    try {
      return new ProcessBuilder("strace", "-f", "-qq", "-o", "/dev/null", "true")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  static boolean installed(String program) {
    return FOLDERS.stream().anyMatch(each -> Files.isExecutable(Path.of(each, program)));
  }
}
