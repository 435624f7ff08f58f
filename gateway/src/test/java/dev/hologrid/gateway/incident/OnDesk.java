package dev.hologrid.gateway.incident;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests of a desk, each on a database of its own. */
abstract class OnDesk {
  DeskKit kit;

  abstract Database open() throws Exception;

  @BeforeEach
  void start() throws Exception {
    kit = new DeskKit(open());
  }

  @AfterEach
  void stop() {
    kit.close();
  }
}
