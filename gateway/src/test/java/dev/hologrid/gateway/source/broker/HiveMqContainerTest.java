package dev.hologrid.gateway.source.broker;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.hivemq.HiveMQContainer;
import org.testcontainers.utility.DockerImageName;

/** The contract on HiveMQ as its makers ship it. */
@EnabledIf(value = "docker", disabledReason = "needs a Docker engine")
class HiveMqContainerTest extends BrokerContract {
  private static HiveMQContainer hiveMq;

  static boolean docker() {
    boolean likely =
        System.getenv("DOCKER_HOST") != null
            || java.nio.file.Files.exists(java.nio.file.Path.of("/var/run/docker.sock"));
    return likely && DockerClientFactory.instance().isDockerAvailable();
  }

  @BeforeAll
  static void start() {
    hiveMq = new HiveMQContainer(DockerImageName.parse("hivemq/hivemq-ce").withTag("2025.5"));
    hiveMq.start();
  }

  @AfterAll
  static void stop() {
    hiveMq.stop();
  }

  @Override
  String url() {
    return "tcp://" + hiveMq.getHost() + ":" + hiveMq.getMqttPort();
  }
}
