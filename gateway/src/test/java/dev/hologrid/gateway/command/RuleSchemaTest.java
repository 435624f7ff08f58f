package dev.hologrid.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.hologrid.rules.language.RuleFile;
import dev.hologrid.rules.language.RulePack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The published schemas take what the language takes. */
class RuleSchemaTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Path EXAMPLES =
      Path.of("../rules/src/test/resources/dev/hologrid/rules/examples");

  private static List<String> problems(String schema, String yaml) throws IOException {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(schema)
        .validate(YAML.readTree(yaml))
        .stream()
        .map(ValidationMessage::getMessage)
        .toList();
  }

  @Test
  void the_shipped_rules_and_their_tests_are_valid() throws IOException {
    for (RuleFile each : RulePack.files()) {
      assertThat(problems(RulePack.schema(), each.text())).as(each.name()).isEmpty();
    }
    for (RuleFile each : RulePack.tests()) {
      assertThat(problems(RulePack.testSchema(), each.text())).as(each.name()).isEmpty();
    }
  }

  @Test
  void every_example_is_valid() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      for (Path each : files.toList()) {
        boolean test = each.toString().endsWith("_test.yaml");
        String schema = test ? RulePack.testSchema() : RulePack.schema();
        assertThat(problems(schema, Files.readString(each))).as(each.toString()).isEmpty();
      }
    }
  }

  @Test
  void a_misspelt_key_is_not() throws IOException {
    assertThat(
            problems(
                RulePack.schema(),
                "groups: [{ name: g, rules: [{ alert: a, exrp: smoke, labels: { severity: info,"
                    + " category: X } }] }]"))
        .isNotEmpty();
    assertThat(problems(RulePack.testSchema(), "rule_files: [a.yaml]\ntsets: []\n")).isNotEmpty();
  }
}
