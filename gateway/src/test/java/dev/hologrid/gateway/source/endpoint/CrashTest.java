package dev.hologrid.gateway.source.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is killed in mid-load; the longer form is {@link CrashCampaign}. */
class CrashTest {
  @TempDir Path data;

  @Test
  void a_kill_loses_nothing_that_was_acknowledged() throws Exception {
    CrashCampaign campaign = new CrashCampaign(data);
    for (int more : new int[] {1, 500, 5_000}) {
      CrashCampaign.Verdict verdict = campaign.run(new CrashCampaign.After(more));
      assertThat(verdict.acknowledged()).isPositive();
      assertThat(verdict.good()).as(verdict.toString()).isTrue();
    }
  }

  @Test
  void a_kill_at_a_sync_loses_nothing_that_was_acknowledged() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/strace")), "strace is not here");
    CrashCampaign campaign = new CrashCampaign(data);
    for (int n : new int[] {2, 5, 40}) {
      CrashCampaign.Verdict verdict = campaign.run(new CrashCampaign.AtSync(n));
      assertThat(verdict.good()).as("fdatasync %s: %s", n, verdict).isTrue();
    }
  }
}
