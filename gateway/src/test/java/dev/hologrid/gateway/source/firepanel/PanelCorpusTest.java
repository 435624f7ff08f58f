package dev.hologrid.gateway.source.firepanel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.testing.Corpus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The inputs of the fuzz test (src/fuzz) once more in every build, with damaged copies. */
class PanelCorpusTest {
  @Test
  void frames() {
    List<byte[]> seeds = Corpus.of("gb26875");
    assertThat(seeds).hasSizeGreaterThan(15);
    seeds.stream().flatMap(each -> Corpus.damaged(each, 200)).forEach(FuzzedPanel::frames);
  }
}
