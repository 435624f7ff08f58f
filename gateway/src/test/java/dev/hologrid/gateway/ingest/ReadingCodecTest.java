package dev.hologrid.gateway.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReadingCodecTest {
  private final Random random = new Random(24);

  private Reading reading(int index) {
    int size = random.nextInt(1, 6);
    List<String> metrics = new ArrayList<>();
    List<Shape.Type> types = new ArrayList<>();
    double[] numbers = new double[size];
    String[] texts = null;
    for (int i = 0; i < size; i++) {
      metrics.add("m" + random.nextInt(10) + "_" + i);
      Shape.Type type = Shape.Type.values()[random.nextInt(3)];
      types.add(type);
      numbers[i] =
          switch (type) {
            case NUMBER -> random.nextGaussian();
            case BOOLEAN -> random.nextInt(2);
            case TEXT -> Double.NaN;
          };
      if (type == Shape.Type.TEXT) {
        texts = texts == null ? new String[size] : texts;
        texts[i] = "烟" + random.nextInt();
      }
    }
    return new Reading(
        "d-" + random.nextInt(100),
        new Shape("smoke", metrics, types),
        random.nextLong(1L << 45),
        1_795_473_700_000L,
        -1,
        index,
        numbers,
        texts);
  }

  /** What followers are given at the tip is what they would read back. */
  @Test
  void a_record_reads_back_as_the_message_that_it_was() {
    ReadingCodec codec = new ReadingCodec();
    ReadingCodec other = new ReadingCodec();
    for (int i = 0; i < 5_000; i++) {
      List<Reading> readings = new ArrayList<>();
      for (int index = random.nextInt(3); index >= 0; index--) {
        readings.add(reading(readings.size()));
      }
      byte[] record = codec.encode("endpoint", 1_795_473_700_000L, readings);
      ReadingCodec.Message given =
          ReadingCodec.Message.of(i, "endpoint", 1_795_473_700_000L, readings);
      for (ReadingCodec reader : List.of(codec, other)) {
        assertThat(reader.decode(i, record))
            .usingRecursiveComparison()
            .withComparatorForType(Double::compare, Double.class)
            .isEqualTo(given);
      }
    }
  }
}
