package dev.hologrid.gateway.source.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.testing.Corpus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The inputs of the fuzz tests (src/fuzz) once more in every build, with damaged copies. */
class EndpointCorpusTest {
  private static final List<byte[]> SEEDS = Corpus.of("mqtt");

  @Test
  void packets() {
    assertThat(SEEDS).hasSizeGreaterThan(10);
    SEEDS.stream().flatMap(each -> Corpus.damaged(each, 200)).forEach(FuzzedEndpoint::packets);
  }

  @Test
  void web_sockets() {
    List<byte[]> seeds = Corpus.of("websocket");
    assertThat(seeds).hasSizeGreaterThan(3);
    seeds.stream().flatMap(each -> Corpus.damaged(each, 500)).forEach(FuzzedEndpoint::webSocket);
  }

  @Test
  void connections() {
    SEEDS.stream().flatMap(each -> Corpus.damaged(each, 20)).forEach(FuzzedEndpoint::connection);
  }
}
