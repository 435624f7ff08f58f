package dev.hologrid.gateway.testing;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A main class that runs in a process of its own and is killed in mid-work. */
public final class KilledChild {
  private KilledChild() {}

  /**
   * Kills it with SIGKILL after it has said so many lines that begin with a word, or lets it end.
   *
   * @return the last such line without the word; empty when there was none
   */
  public static String after(int times, String word, Class<?> main, String... arguments)
      throws Exception {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    line.addAll(List.of(arguments));
    Process child = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String last = "";
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      int heard = 0;
      for (String each = out.readLine(); each != null && heard < times; each = out.readLine()) {
        if (each.startsWith(word + " ")) {
          last = each.substring(word.length() + 1);
          heard++;
        }
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
    return last;
  }
}
