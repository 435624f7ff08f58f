package dev.hologrid.gateway.config;

import java.util.List;

/** The configuration cannot be used; holds every problem, each with a way out. */
public final class ConfigInvalid extends RuntimeException {
  private final transient List<String> problems;

  ConfigInvalid(String file, List<String> problems) {
    super(message(file, problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }

  private static String message(String file, List<String> problems) {
    StringBuilder text = new StringBuilder();
    text.append(problems.size()).append(problems.size() == 1 ? " problem in " : " problems in ");
    text.append(file);
    for (String each : problems) {
      text.append("\n  ").append(each);
    }
    return text.toString();
  }
}
