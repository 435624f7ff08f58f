package dev.hologrid.rules.testing;

import java.util.List;
import java.util.Locale;

/** Results as JUnit XML, which every CI server reads. */
public final class JUnitXml {
  /**
   * The results of one file.
   *
   * @param file the file's name
   * @param seconds how long it took
   */
  public record Suite(String file, List<TestResult> results, double seconds) {
    public Suite {
      results = List.copyOf(results);
    }
  }

  private JUnitXml() {}

  /** The whole document. */
  public static String write(List<Suite> suites) {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    List<TestResult> all = suites.stream().flatMap(suite -> suite.results().stream()).toList();
    double seconds = suites.stream().mapToDouble(Suite::seconds).sum();
    xml.append("<testsuites").append(figures(all, seconds)).append(">\n");
    for (Suite suite : suites) {
      xml.append("  <testsuite name=\"").append(escaped(suite.file())).append('"');
      xml.append(figures(suite.results(), suite.seconds())).append(">\n");
      suite.results().forEach(result -> write(suite.file(), result, xml));
      xml.append("  </testsuite>\n");
    }
    return xml.append("</testsuites>\n").toString();
  }

  private static String figures(List<TestResult> results, double seconds) {
    long failed = results.stream().filter(each -> !each.passed()).count();
    return String.format(
        Locale.ROOT,
        " tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"0\" time=\"%.3f\"",
        results.size(),
        failed,
        seconds);
  }

  private static void write(String file, TestResult result, StringBuilder xml) {
    xml.append("    <testcase classname=\"").append(escaped(file)).append("\" name=\"");
    xml.append(escaped(result.name())).append("\" time=\"0.000\"");
    if (result.passed()) {
      xml.append("/>\n");
      return;
    }
    xml.append(">\n");
    for (TestResult.Failure failure : result.failures()) {
      xml.append("      <failure type=\"expectation\" message=\"");
      xml.append(escaped(failure.message())).append("\">");
      xml.append(escaped(failure.toString())).append("</failure>\n");
    }
    xml.append("    </testcase>\n");
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        case '\n', '\t' -> out.append(c);
        default -> out.append(c < ' ' ? '?' : c);
      }
    }
    return out.toString();
  }
}
