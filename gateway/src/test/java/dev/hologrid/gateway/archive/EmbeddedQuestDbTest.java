package dev.hologrid.gateway.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedQuestDbTest extends StoreContract {
  @TempDir static Path folder;
  private QuestDbStore store;

  @BeforeAll
  void open() throws Exception {
    store = new QuestDbStore(ArchiveConfig.defaults(), folder.resolve("archive"));
    store.open();
  }

  @AfterAll
  void close() {
    store.close();
  }

  @Override
  Store store() {
    return store;
  }

  @Test
  void a_row_of_the_wrong_type_is_refused_and_nothing_of_its_request_is_kept() throws Exception {
    write(Samples.smoke("w-0", T, 1, 1));
    assertThatThrownBy(
            () ->
                store.write(
                    """
                    smoke,device=w-1 obscuration=1,seq=1i 1790000000000000000
                    smoke,device=w-1 obscuration="high",seq=2i 1790000000000000000
                    """))
        .isInstanceOf(Refused.class);
    write(Samples.smoke("w-2", T, 2, 1));
    await(new History.Query("smoke", "w-2", "obscuration", T, T + 1, 9), 1);
    assertThat(store.read(new History.Query("smoke", "w-1", "obscuration", T, T + 1, 9))).isEmpty();
  }
}
