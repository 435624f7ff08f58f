package dev.hologrid.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is due comes in the order of its time, and of its payload within one moment. */
final class TimerQueueTest {
  private record Timer(long at, long what) {}

  private static final Comparator<Timer> ORDER =
      Comparator.comparingLong(Timer::at).thenComparingLong(Timer::what);

  private static Timer pop(TimerQueue queue) {
    Timer first = new Timer(queue.next(), queue.payload());
    queue.pop();
    return first;
  }

  @Property
  void any_timers_come_in_order_however_they_were_pushed(@ForAll long seed) {
    Random random = new Random(seed);
    TimerQueue queue = new TimerQueue();
    PriorityQueue<Timer> expected = new PriorityQueue<>(ORDER);
    for (int i = 0; i < 400; i++) {
      if (random.nextInt(5) < 3 || expected.isEmpty()) {
        Timer timer = new Timer(random.nextInt(40), random.nextInt(6));
        queue.push(timer.at, timer.what);
        expected.add(timer);
      } else {
        assertThat(pop(queue)).isEqualTo(expected.remove());
      }
      assertThat(queue.next()).isEqualTo(expected.isEmpty() ? Long.MAX_VALUE : expected.peek().at);
    }
    while (!expected.isEmpty()) {
      assertThat(pop(queue)).isEqualTo(expected.remove());
    }
    assertThat(queue.next()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void there_is_room_for_as_many_as_there_are() {
    TimerQueue queue = new TimerQueue();
    List<Long> all = new ArrayList<>();
    for (long i = 0; i < 1_000; i++) {
      queue.push(999 - i, i);
      all.add(i);
    }
    List<Long> popped = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      Timer timer = pop(queue);
      assertThat(timer.at).isEqualTo(999 - timer.what);
      popped.add(timer.at);
    }
    assertThat(popped).isEqualTo(all);
  }

  @Test
  void a_payload_tells_what_whose_and_of_which_rule() {
    for (int what : new int[] {Timers.ACTIVATION, Timers.SILENCE_OF_DEVICE, Timers.HUSH}) {
      long payload = Timers.of(what, 70_000, 1_234_567_890);
      assertThat(Timers.what(payload)).isEqualTo(what);
      assertThat(Timers.rule(payload)).isEqualTo(70_000);
      assertThat(Timers.subject(payload)).isEqualTo(1_234_567_890);
    }
    assertThat(Timers.activation(3, 4)).isEqualTo(Timers.of(Timers.ACTIVATION, 3, 4));
  }
}
