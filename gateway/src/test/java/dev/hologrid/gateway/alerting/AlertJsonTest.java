package dev.hologrid.gateway.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.Severity;
import dev.hologrid.rules.alert.Alert;
import dev.hologrid.rules.alert.AlertEvent;
import dev.hologrid.rules.alert.AlertId;
import dev.hologrid.rules.alert.Evidence;
import dev.hologrid.rules.alert.Term;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AlertJsonTest {
  private static final long YEAR_3000 = 32_503_680_000_000L;

  @Property(tries = 500)
  void what_is_written_reads_back_the_same(@ForAll("records") AlertRecord record) {
    assertThat(AlertJson.read(record.offset(), AlertJson.write(record))).isEqualTo(record);
  }

  @Provide
  Arbitrary<AlertRecord> records() {
    Arbitrary<Long> times = Arbitraries.longs().between(0, YEAR_3000);
    return Combinators.combine(
            Arbitraries.of(AlertEvent.Kind.class), alerts(), times, times, times, times)
        .as(
            (kind, alert, at, received, position, clock) ->
                new AlertRecord(7, new AlertEvent(kind, alert, at, received), position, clock));
  }

  private static Arbitrary<Alert> alerts() {
    Arbitrary<String> words = Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(9);
    Arbitrary<Map<String, String>> texts =
        Arbitraries.maps(words, Arbitraries.strings().ofMaxLength(12)).ofMaxSize(4);
    Arbitrary<Long> times = Arbitraries.longs().between(0, YEAR_3000);
    Arbitrary<Double> values =
        Arbitraries.oneOf(Arbitraries.doubles(), Arbitraries.just(Double.NaN));
    return Combinators.combine(
            Combinators.combine(words, words, Arbitraries.longs()).as(AlertId::new),
            Arbitraries.of(Severity.class),
            words,
            Combinators.combine(times, times.injectNull(0.5)).as(Times::new),
            values,
            texts,
            texts,
            evidence(words).list().ofMaxSize(5))
        .as(
            (id, severity, word, when, value, labels, annotations, because) ->
                new Alert(
                    id,
                    severity,
                    word,
                    word,
                    when.started(),
                    when.ended(),
                    value,
                    labels,
                    annotations,
                    because,
                    word,
                    terms(because)));
  }

  private static Arbitrary<Evidence> evidence(Arbitrary<String> words) {
    Arbitrary<Object> values =
        Arbitraries.oneOf(
            Arbitraries.doubles().map(each -> (Object) each),
            Arbitraries.of(true, false).map(each -> (Object) each),
            Arbitraries.strings().map(each -> (Object) each));
    return Combinators.combine(
            Arbitraries.longs(),
            words,
            Arbitraries.longs().between(0, YEAR_3000),
            Arbitraries.maps(words, values).ofMaxSize(4))
        .as(Evidence::new);
  }

  /** Terms with the values that evidence may have. */
  private static List<Term> terms(List<Evidence> evidence) {
    return evidence.stream()
        .flatMap(each -> each.values().entrySet().stream())
        .map(each -> new Term(1, each.getKey(), each.getValue()))
        .toList();
  }

  private record Times(long started, Long ended) {}

  static Alert alert(String rule, String device, String place, long activation, Long endedAt) {
    return new Alert(
        new AlertId(rule, device, activation),
        Severity.MAJOR,
        "FIRE_SMOKE",
        place,
        1_000,
        endedAt,
        0.5,
        Map.of(),
        Map.of("summary", "Smoke"),
        List.of(),
        "v1");
  }
}
