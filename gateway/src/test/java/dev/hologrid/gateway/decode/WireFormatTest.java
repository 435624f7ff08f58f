package dev.hologrid.gateway.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.Shapes;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every example of docs/wire-format comes out as written there. */
class WireFormatTest {
  private final Decoder decoders = new Decoders(new Shapes(1_000));

  @TestFactory
  Stream<DynamicTest> examples() {
    return Golden.all().stream()
        .map(
            golden ->
                DynamicTest.dynamicTest(
                    golden.folder().getFileName() + "/" + golden.name(), () -> check(golden)));
  }

  private void check(Golden golden) {
    Decoded decoded = decoders.decode(golden.topic(), golden.payload(), Golden.RECEIVED_AT);
    assertThat(Golden.simple(decoded)).as("%s", decoded).isEqualTo(golden.expected());
  }
}
