package dev.hologrid.simulator.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hologrid.simulator.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * I1, I2 and I5: the ledger beside the readings journal and the quarantine. A message is named by
 * device and event time, and its payload, made again from what is stored, must have the hash that
 * the sender noted.
 */
final class StoredCheck {
  private final Book book;
  private final MessageDigest sha256;
  private final Map<String, Long> newest = new HashMap<>();
  private final Set<String> disordered = new HashSet<>();
  private final Set<String> refusedHashes = new HashSet<>();
  private long stored;
  private long invented;
  private long repeats;
  private String firstInvented = "";

  StoredCheck(Book book) {
    this.book = book;
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  List<Verdict> verdicts(Path readings, @Nullable Path quarantine) throws IOException {
    Lines.each(readings, line -> take(StoredReading.of(line)));
    if (quarantine != null) {
      Lines.each(quarantine, this::refused);
    }
    List<Book.Entry> lost =
        book.entries()
            .filter(each -> each.acked && !each.stored && !refusedHashes.contains(each.hash))
            .toList();
    return List.of(
        Verdict.of(
            "I1",
            "durable",
            lost.size(),
            "%d acknowledged, %d of them neither stored nor quarantined%s"
                .formatted(
                    book.acked(), lost.size(), lost.isEmpty() ? "" : ", as " + lost.getFirst())),
        Verdict.of(
            "I2",
            "nothing invented",
            invented,
            "%d stored, %d never sent so%s".formatted(stored, invented, firstInvented)),
        Verdict.of(
            "I5",
            "order",
            disordered.size(),
            "%d devices out of order, %d repeats (QoS 1 allows them)"
                .formatted(disordered.size(), repeats)));
  }

  private void take(StoredReading reading) {
    if (!book.knows(reading.device()) || reading.status()) {
      return;
    }
    stored++;
    Book.Entry entry = book.at(reading.device(), reading.time());
    if (entry == null || !same(entry, reading)) {
      firstInvented = invented++ == 0 ? ", as " + reading : firstInvented;
    } else if (entry.stored) {
      repeats++;
    } else {
      entry.stored = true;
      if (entry.time < newest.getOrDefault(entry.device, Long.MIN_VALUE)) {
        disordered.add(entry.device);
      } else {
        newest.put(entry.device, entry.time);
      }
    }
  }

  private boolean same(Book.Entry entry, StoredReading reading) {
    return Ledger.hash(sha256, reading.payload(entry.seq)).equals(entry.hash);
  }

  private void refused(JsonNode line) {
    refusedHashes.add(
        Ledger.hash(sha256, Base64.getDecoder().decode(line.path("payload").asText())));
  }
}
