package dev.hologrid.gateway.decode;

import dev.hologrid.gateway.testing.Corpus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The inputs of the fuzz tests (src/fuzz) once more in every build: the examples and the poison,
 * each given to every decoder, what fuzzing has found, and damaged copies of the examples.
 */
class DecoderCorpusTest {
  private static final int COPIES = 100;

  private static List<byte[]> examples() {
    List<byte[]> all = new ArrayList<>();
    Golden.all().forEach(each -> all.add(each.payload()));
    PoisonTest.poison().forEach(each -> all.add((byte[]) each.get()[1]));
    return all;
  }

  @TestFactory
  Stream<DynamicTest> decoders() {
    Map<String, List<byte[]>> own = new HashMap<>();
    for (Golden each : Golden.all()) {
      own.computeIfAbsent(each.folder().getFileName().toString(), ignored -> new ArrayList<>())
          .add(each.payload());
    }
    FuzzedDecoders.TOPICS
        .keySet()
        .forEach(
            name ->
                own.computeIfAbsent(name, ignored -> new ArrayList<>()).addAll(Corpus.of(name)));
    return FuzzedDecoders.TOPICS.keySet().stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      examples().forEach(each -> FuzzedDecoders.decode(name, each));
                      own.get(name).stream()
                          .flatMap(each -> Corpus.damaged(each, COPIES))
                          .forEach(each -> FuzzedDecoders.decode(name, each));
                    }));
  }

  @Test
  void the_short_way_says_what_the_complete_parser_says() {
    Stream.concat(
            examples().stream(),
            Stream.concat(
                Corpus.of("hologrid").stream(),
                Corpus.damaged(
                    "{\"ts\":1795473695000,\"values\":{\"obscuration\":0.9,\"ok\":true,\"a\":\"b\"}}"
                        .getBytes(StandardCharsets.UTF_8),
                    5_000)))
        .forEach(FuzzedDecoders::plain);
  }
}
