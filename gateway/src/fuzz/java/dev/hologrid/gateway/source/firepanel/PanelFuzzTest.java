package dev.hologrid.gateway.source.firepanel;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Bytes of fire panels; {@code ./hologrid fuzz}. */
class PanelFuzzTest {
  @FuzzTest
  void frames(byte[] bytes) {
    FuzzedPanel.frames(bytes);
  }
}
