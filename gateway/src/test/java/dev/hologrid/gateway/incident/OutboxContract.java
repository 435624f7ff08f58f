package dev.hologrid.gateway.incident;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hologrid.gateway.journal.Follower.Entry;
import dev.hologrid.rules.Severity;
import dev.hologrid.rules.alert.AlertEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the outbox promises to channels on every database. */
abstract class OutboxContract {
  private DeskKit kit;
  private Outbox outbox;

  abstract Database open() throws Exception;

  @BeforeEach
  void start() throws Exception {
    Database database = open();
    kit = new DeskKit(database, (after, entry) -> List.of("am", "hook"));
    outbox = new Outbox(database);
  }

  @AfterEach
  void stop() {
    kit.close();
  }

  /** Sends all that waits; returns what was sent, in order. */
  private List<JsonNode> sent() {
    List<Outbox.Notice> all = outbox.list("WAITING", Long.MAX_VALUE, 1000).reversed();
    outbox.note(all.stream().map(each -> Outbox.Outcome.sent(each.id())).toList());
    return all.stream()
        .filter(each -> each.channel().equals("am"))
        .map(each -> IncidentJson.read(each.body(), JsonNode.class))
        .toList();
  }

  @Test
  void every_notice_has_its_own_key_in_its_body() {
    kit.patrolReport(Town.GRID);
    List<Outbox.Notice> all = outbox.list("WAITING", Long.MAX_VALUE, 1000);
    assertThat(all).hasSizeGreaterThan(2);
    assertThat(all).extracting(Outbox.Notice::key).doesNotHaveDuplicates();
    assertThat(all)
        .allSatisfy(
            each ->
                assertThat(IncidentJson.read(each.body(), JsonNode.class).path("key").asText())
                    .isEqualTo(each.key())
                    .endsWith("/" + each.channel()));
  }

  @Test
  void a_raise_and_an_end_tell_the_priorities_before() {
    Severity[] severities = {Severity.MINOR, Severity.MAJOR, Severity.CRITICAL};
    for (int i = 0; i < severities.length; i++) {
      AlertEvent.Kind kind = i == 0 ? AlertEvent.Kind.RAISED : AlertEvent.Kind.CHANGED;
      AlertEvent event =
          new AlertEvent(
              kind, Town.alert("leak", "d1", 1, Town.BUILDING, severities[i]), 1_000, 1_000);
      kit.desk.take("alerts", List.of(new Entry<>(i, event)));
    }
    Incident incident = kit.all().getFirst();
    kit.done(incident, new IncidentCommand.ForceClose("over"), Town.SUPERVISOR);
    List<JsonNode> told = sent();
    assertThat(told.stream().filter(each -> each.has("earlierPriorities")))
        .extracting(
            each -> each.path("event").asText(),
            each -> each.path("priority").asText(),
            each -> each.path("earlierPriorities").toString())
        .contains(
            org.assertj.core.groups.Tuple.tuple("priority_raised", "P2", "[\"P3\"]"),
            org.assertj.core.groups.Tuple.tuple("priority_raised", "P1", "[\"P3\",\"P2\"]"),
            org.assertj.core.groups.Tuple.tuple("closed", "P1", "[\"P3\",\"P2\"]"));
    assertThat(told.getFirst().has("earlierPriorities")).isFalse();
  }

  @Test
  void what_stands_is_the_latest_of_each_open_incident_and_is_not_forgotten() {
    Incident first = kit.patrolReport(Town.GRID);
    Incident over = kit.patrolReport(Town.GRID);
    Incident last = kit.patrolReport(Town.GRID);
    assertThat(outbox.standing("am", "", 10)).as("nothing is sent yet").isEmpty();
    kit.done(over, new IncidentCommand.Reject("not ours", null), Town.DISPATCHER);
    kit.done(last, new IncidentCommand.Comment("on the way"), Town.DISPATCHER);
    sent();
    kit.done(last, new IncidentCommand.Comment("not sent yet"), Town.DISPATCHER);

    List<Outbox.Notice> standing = outbox.standing("am", "", 10);
    assertThat(standing).extracting(Outbox.Notice::incident).containsExactly(first.id(), last.id());
    assertThat(standing.get(1).body()).contains("on the way");
    assertThat(outbox.standing("am", first.id(), 10))
        .extracting(Outbox.Notice::incident)
        .containsExactly(last.id());
    assertThat(outbox.standing("am", "", 1)).hasSize(1);
    assertThat(outbox.standing("none", "", 10)).isEmpty();

    assertThat(outbox.forget(kit.clock.instant().plus(Duration.ofDays(1)))).isPositive();
    assertThat(outbox.list("SENT", Long.MAX_VALUE, 1000))
        .extracting(Outbox.Notice::incident)
        .containsOnly(first.id(), last.id());
    assertThat(outbox.standing("am", "", 10)).isEqualTo(standing);
  }
}
