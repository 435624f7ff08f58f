package dev.hologrid.gateway.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.audit.AuditWalk;
import dev.hologrid.gateway.testing.Await;
import dev.hologrid.gateway.testing.RunningGateway;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import picocli.CommandLine;

/** Provisioning from the command line, with a server that runs and without one. */
@Isolated("takes the standard output")
class DevicesCommandTest {
  @TempDir Path folder;

  private record Run(int status, String out) {}

  private Run devices(String... arguments) {
    List<String> line = new ArrayList<>(Arrays.asList(arguments));
    line.addAll(List.of("--data", folder.resolve("data").toString()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, UTF_8));
    try {
      int status =
          new CommandLine(new DevicesCommand())
              .setCaseInsensitiveEnumValuesAllowed(true)
              .execute(line.toArray(String[]::new));
      return new Run(status, out.toString(UTF_8).strip());
    } finally {
      System.setOut(before);
    }
  }

  private MqttClient connect(RunningGateway gateway, String device, String secret)
      throws MqttException {
    MqttClient client =
        new MqttClient(
            "tcp://127.0.0.1:" + gateway.gateway().mqttPort(), device, new MemoryPersistence());
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setUserName(device);
    options.setPassword(secret.getBytes(UTF_8));
    options.setAutomaticReconnect(false);
    client.connect(options);
    return client;
  }

  private static boolean connects(Work work) {
    try {
      work.run();
      return true;
    } catch (MqttException e) {
      return false;
    }
  }

  private interface Work {
    void run() throws MqttException;
  }

  @Test
  void a_device_is_created_renewed_and_revoked_while_the_server_runs() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.in(folder.resolve("data"), Map.of("mqtt.devices", "reject"))) {
      Run created = devices("create", "sm-1", "--kind", "smoke");
      assertThat(created.status()).isZero();
      assertThat(created.out()).startsWith("hgd_").doesNotContain("\n");
      MqttClient[] client = new MqttClient[1];
      Await.until(
          "it comes in", () -> connects(() -> client[0] = connect(gateway, "sm-1", created.out())));
      assertThat(devices("create", "sm-1").status()).as("twice").isEqualTo(73);
      Run renewed = devices("renew", "sm-1");
      Await.until("the old one ends", () -> !client[0].isConnected());
      client[0] = connect(gateway, "sm-1", renewed.out());
      assertThat(devices("revoke", "sm-1").out()).isEqualTo("sm-1 revoked");
      Await.until("it is cut off", () -> !client[0].isConnected());
      assertThat(connects(() -> connect(gateway, "sm-1", renewed.out()))).isFalse();
      client[0].close(true);
      assertThat(devices("list").out()).contains("sm-1,smoke,,token,revoked,");
      AuditWalk.Verdict audit = AuditWalk.verify(folder.resolve("data"), List.of());
      assertThat(audit.whole()).as(String.valueOf(audit.firstBad())).isTrue();
      assertThat(audit.entries()).isGreaterThan(2);
    }
  }

  @Test
  void a_table_is_imported_all_or_none() throws Exception {
    Path good = folder.resolve("good.csv");
    Files.writeString(
        good,
        """
        id,kind,topics,auth,password
        sm-1,smoke,,,
        z2m,,zigbee2mqtt/# frigate/#,token,
        cam-1,camera,,certificate,
        old-1,,,password,correct horse battery
        """);
    Run imported = devices("import", good.toString());
    assertThat(imported.status()).isZero();
    assertThat(imported.out().lines())
        .hasSize(5)
        .anyMatch(each -> each.matches("z2m,,zigbee2mqtt/# frigate/#,token,hgd_\\w+"))
        .anyMatch(each -> each.equals("cam-1,camera,,certificate,"));
    assertThat(devices("import", good.toString()).out()).isEqualTo("id,kind,topics,auth,secret");
    assertThat(devices("import", good.toString(), "--existing", "refuse").status()).isEqualTo(73);
    Path bad = folder.resolve("bad.csv");
    Files.writeString(bad, "id,kind\nsm-9,smoke\na/#,smoke\n");
    assertThat(devices("import", bad.toString()).status()).isEqualTo(65);
    assertThat(devices("list").out()).doesNotContain("sm-9").contains("z2m");
  }

  @Test
  void what_is_wrong_is_named() {
    assertThat(devices("create", "a/#").status()).isEqualTo(65);
    assertThat(devices("revoke", "nobody").status()).isEqualTo(65);
    assertThat(devices("import", "no-such-file.csv").status()).isEqualTo(66);
    assertThat(devices().status()).isEqualTo(64);
  }
}
