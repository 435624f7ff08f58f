package dev.hologrid.gateway.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hologrid.rules.Shapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vendor is added by a file, without Java. */
class ProfileTest {
  private static final String VENDOR =
      """
      name: acme
      topic: acme/{site}/{device}/up
      kind: smoke
      metrics:
        smoke: {at: /alarm, map: {"1": true, "0": false}}
        temperature: {at: /t10, scale: 0.1}
      """;

  @TempDir Path folder;

  @Test
  void a_profile_of_the_folder_reads_its_topics() throws IOException {
    Files.writeString(folder.resolve("acme.yaml"), VENDOR);
    List<Profile> profiles = Profiles.with(folder);
    Decoder decoder = new Decoders(new Shapes(10), profiles, Rebirths.NONE);

    Decoded decoded =
        decoder.decode(
            "acme/east/d1/up", "{\"alarm\":1,\"t10\":\"241\"}".getBytes(UTF_8), 1L << 40);

    assertThat(Golden.simple(decoded).toString())
        .contains("device=d1, kind=smoke", "smoke=true", "temperature=24.1");
    assertThat(Decoders.filters(profiles)).contains("acme/+/+/up", "hologrid/v1/#", "spBv1.0/#");
  }

  @Test
  void a_profile_of_the_folder_comes_before_those_that_ship() throws IOException {
    Files.writeString(
        folder.resolve("zigbee.yaml"),
        "{name: mine, topic: 'zigbee2mqtt/{device}', kind: lamp, metrics: {on: /state}}");
    Decoder decoder = new Decoders(new Shapes(10), Profiles.with(folder), Rebirths.NONE);

    Decoded decoded =
        decoder.decode("zigbee2mqtt/l1", "{\"state\":\"ON\"}".getBytes(UTF_8), 1L << 40);
    assertThat(Golden.simple(decoded).toString()).contains("kind=lamp", "on=ON");
  }

  @Test
  void every_wrong_file_is_named_with_what_is_wrong() throws IOException {
    Files.writeString(folder.resolve("a.yaml"), VENDOR.replace("metrics:", "metrix:"));
    Files.writeString(folder.resolve("b.yaml"), "name: b");
    Files.writeString(folder.resolve("c.yaml"), VENDOR.replace("/{device}", "/+"));
    Files.writeString(folder.resolve("d.yaml"), "name: [");
    Files.writeString(folder.resolve("e.yaml"), "{name: e, topic: 'e/{device}'}");

    assertThatThrownBy(() -> Profiles.with(folder))
        .hasMessageContaining("a.yaml: 'metrix' is not a key of a profile; it has all, bytes,")
        .hasMessageContaining("b.yaml: 'topic' is missing")
        .hasMessageContaining("c.yaml: 'device' is a named level of 'topic'")
        .hasMessageContaining("d.yaml: line ")
        .hasMessageContaining("e.yaml: the profile reads nothing");
  }
}
