package dev.hologrid.rules.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

final class JUnitXmlTest {
  private static Document parsed(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void counts_names_and_failures_come_back_whatever_they_hold() throws Exception {
    TestResult passed = new TestResult("is <told> & \"heard\"", "a.yaml:3:5", List.of());
    TestResult failed =
        new TestResult(
            "is not",
            "a.yaml:9:5",
            List.of(
                new TestResult.Failure("a.yaml:9:5", "hot at 1s:\u0001 wrong", "- one\n~\ttwo")));
    Document document =
        parsed(
            JUnitXml.write(
                List.of(
                    new JUnitXml.Suite("a.yaml", List.of(passed, failed), 0.25),
                    new JUnitXml.Suite("b.yaml", List.of(passed), 0.5))));
    Element all = document.getDocumentElement();
    assertThat(all.getAttribute("tests")).isEqualTo("3");
    assertThat(all.getAttribute("failures")).isEqualTo("1");
    assertThat(all.getAttribute("time")).isEqualTo("0.750");
    Element suite = (Element) document.getElementsByTagName("testsuite").item(0);
    assertThat(suite.getAttribute("tests")).isEqualTo("2");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    Element test = (Element) document.getElementsByTagName("testcase").item(0);
    assertThat(test.getAttribute("name")).isEqualTo("is <told> & \"heard\"");
    assertThat(test.getChildNodes().getLength()).isZero();
    Element failure = (Element) document.getElementsByTagName("failure").item(0);
    assertThat(failure.getAttribute("message")).isEqualTo("hot at 1s:? wrong");
    assertThat(failure.getTextContent())
        .isEqualTo("a.yaml:9:5: hot at 1s:? wrong\n  - one\n  ~\ttwo");
  }
}
