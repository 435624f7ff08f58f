package dev.hologrid.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hologrid.gateway.ingest.ReadingCodec;
import dev.hologrid.gateway.journal.FileJournal;
import dev.hologrid.gateway.journal.Journal;
import dev.hologrid.gateway.journal.JournalConfig;
import dev.hologrid.gateway.testing.Await;
import dev.hologrid.gateway.testing.GatewayProcess;
import dev.hologrid.rules.Reading;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} in mid-load: what was acknowledged is in the journal, and no incident is missing
 * or doubled.
 */
class KillTest {
  private static final int ROUNDS = 3;
  private static final int DEVICES = 4;
  private static final int PATIENCE_MS = 30_000;

  @TempDir Path data;

  private final Set<String> acked = ConcurrentHashMap.newKeySet();
  private final Set<String> alarmed = ConcurrentHashMap.newKeySet();

  @Test
  void nothing_acknowledged_is_lost_and_no_incident_is_missing_or_doubled() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      loadAndKill(round);
    }
    try (GatewayProcess gateway = GatewayProcess.start(data)) {
      Await.until(
          "every acknowledged alarm to be an incident",
          () -> subjects(gateway).containsAll(alarmed));
      List<JsonNode> alerts = gateway.api().all("/api/v1/alerts");
      assertThat(alerts).extracting(each -> each.path("id").asText()).doesNotHaveDuplicates();
      List<JsonNode> incidents = gateway.api().all("/api/v1/incidents");
      Set<String> attached = new HashSet<>();
      for (JsonNode each : incidents) {
        JsonNode whole = gateway.api().get("/api/v1/incidents/" + each.path("id").asText());
        for (JsonNode alert : whole.path("alerts")) {
          assertThat(attached.add(alert.asText())).as("alert attached twice: %s", alert).isTrue();
        }
      }
      assertThat(attached)
          .containsExactlyInAnyOrderElementsOf(
              alerts.stream().map(each -> each.path("id").asText()).toList());
    }
    assertThat(journaled()).containsAll(acked);
    assertThat(acked).hasSizeGreaterThan(ROUNDS);
  }

  private static Set<String> subjects(GatewayProcess gateway) throws Exception {
    Set<String> found = new HashSet<>();
    for (JsonNode each : gateway.api().all("/api/v1/alerts")) {
      if (!each.path("incident").isNull()) {
        found.add(each.path("subject").asText());
      }
    }
    return found;
  }

  private void loadAndKill(int round) throws Exception {
    GatewayProcess gateway = GatewayProcess.start(data);
    AtomicBoolean stop = new AtomicBoolean();
    Thread[] devices = new Thread[DEVICES];
    for (int i = 0; i < DEVICES; i++) {
      String device = "k-" + round + "-" + i;
      int port = gateway.mqttPort();
      devices[i] = Thread.ofVirtual().start(() -> publish(port, device, stop));
    }
    int enough = acked.size() + 200;
    Await.until("some load to be acknowledged", () -> acked.size() > enough);
    gateway.kill();
    stop.set(true);
    for (Thread each : devices) {
      each.join();
    }
  }

  private void publish(int port, String device, AtomicBoolean stop) {
    try {
      MqttAsyncClient client =
          new MqttAsyncClient("tcp://127.0.0.1:" + port, device, new MemoryPersistence());
      MqttConnectionOptions options = new MqttConnectionOptions();
      options.setConnectionTimeout(PATIENCE_MS / 1_000);
      client.connect(options).waitForCompletion(PATIENCE_MS);
      for (int seq = 0; !stop.get(); seq++) {
        boolean alarm = seq == 20;
        double obscuration = alarm ? 0.9 : 0.01;
        String nonce = UUID.randomUUID().toString();
        String payload =
            "{\"values\":{\"obscuration\":%s,\"seq\":%d,\"nonce\":\"%s\"}}"
                .formatted(obscuration, seq, nonce);
        MqttMessage message = new MqttMessage(payload.getBytes(StandardCharsets.UTF_8));
        message.setQos(1);
        client.publish("hologrid/v1/smoke/" + device, message).waitForCompletion(PATIENCE_MS);
        acked.add(name(device, seq, obscuration, nonce));
        if (alarm) {
          alarmed.add(device);
        }
      }
    } catch (MqttException e) {
      // the server was killed under it
    }
  }

  /** All that a message says, so that nothing else can pass for it. */
  private static String name(String device, long seq, double obscuration, String nonce) {
    return device + "#" + seq + "#" + obscuration + "#" + nonce;
  }

  private Set<String> journaled() throws Exception {
    Set<String> found = new HashSet<>();
    try (FileJournal journal =
            FileJournal.open(
                "readings", data.resolve("journal/readings"), JournalConfig.defaults());
        Journal.Reader reader = journal.reader(0)) {
      ReadingCodec codec = new ReadingCodec();
      while (reader.read(
              1_000,
              (offset, record) -> {
                for (Reading each : codec.decode(offset, record).readings()) {
                  int nonce = each.shape().indexOf("nonce");
                  if (nonce >= 0) {
                    double seq = each.numbers()[each.shape().indexOf("seq")];
                    double obscuration = each.numbers()[each.shape().indexOf("obscuration")];
                    found.add(
                        name(each.device(), (long) seq, obscuration, (String) each.value(nonce)));
                  }
                }
              })
          > 0) {
        // until the end
      }
    }
    return found;
  }
}
