package dev.hologrid.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowerRunnerTest {
  @TempDir Path folder;

  private static final class Collecting implements Follower<Long> {
    private final List<Long> taken = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch go;

    Collecting(CountDownLatch go) {
      this.go = go;
    }

    @Override
    public String name() {
      return "collecting";
    }

    @Override
    public void handle(List<Entry<Long>> batch) throws InterruptedException {
      assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
      batch.forEach(
          each -> {
            assertThat(each.value()).isEqualTo(each.offset());
            taken.add(each.value());
          });
    }
  }

  private static final class Sharing implements Journal.Appended {
    @Override
    public void stored(long offset) {}

    @Override
    public void failed(Throwable cause) {
      throw new AssertionError(cause);
    }

    @Override
    public Object value(long offset) {
      return offset;
    }
  }

  /**
   * Followers see every record once and in order, whether they take it at the tip or, having fallen
   * behind what is kept, from the disk.
   */
  @Test
  void nothing_is_left_out_between_the_tip_and_the_disk() throws Exception {
    AtomicInteger readBack = new AtomicInteger();
    CountDownLatch late = new CountDownLatch(1);
    FollowerRunner.Decode<Long> decode =
        (offset, record) -> {
          readBack.incrementAndGet();
          return offset;
        };
    try (FileJournal journal = FileJournal.open("test", folder, JournalConfig.defaults());
        FollowerRunner<Long> prompt = runner(journal, new CountDownLatch(0), decode, 0);
        FollowerRunner<Long> slow = runner(journal, late, decode, 0);
        FollowerRunner<Long> gathering = runner(journal, new CountDownLatch(0), decode, 30)) {
      long count = 40_000;
      for (long i = 0; i < count; i++) {
        journal.append(new byte[64], new Sharing());
      }
      Await.until("all is stored", () -> journal.end() == count);
      late.countDown();
      for (FollowerRunner<Long> each : List.of(prompt, slow, gathering)) {
        Await.until("it has caught up", () -> each.lag() == 0);
      }
      assertThat(readBack.get()).as("the slow one has to read back").isPositive();
    }
    for (Collecting each : collected) {
      assertThat(each.taken).isEqualTo(LongStream.range(0, 40_000).boxed().toList());
    }
  }

  private final List<Collecting> collected = new ArrayList<>();

  private FollowerRunner<Long> runner(
      Journal journal, CountDownLatch go, FollowerRunner.Decode<Long> decode, int gatherMs) {
    Collecting follower = new Collecting(go);
    collected.add(follower);
    return new FollowerRunner<>(journal, follower, decode, null)
        .sharing(Long.class)
        .gathering(Duration.ofMillis(gatherMs))
        .startAt(0);
  }
}
