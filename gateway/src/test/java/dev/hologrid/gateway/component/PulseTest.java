package dev.hologrid.gateway.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.testing.Await;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PulseTest {
  @Test
  void who_does_not_come_round_has_failed_until_it_does() throws Exception {
    Pulse pulse = new Pulse("the clock", Duration.ofSeconds(1));
    assertThat(pulse.check()).isEqualTo(Check.ok());
    Await.until("it is missed", () -> pulse.check().word().equals("failed"));
    assertThat(pulse.check().why()).isEqualTo("the clock has stood still for 1 s");
    pulse.beat();
    assertThat(pulse.check()).isEqualTo(Check.ok());
  }
}
