package dev.hologrid.gateway.decode;

import dev.hologrid.gateway.ingest.ReadingCodec;
import dev.hologrid.gateway.testing.Allocation;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shapes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What holds for every payload and every decoder: nothing is thrown, no more is allocated than a
 * packet may have bytes, and what is accepted comes back from the journal as it was.
 */
final class FuzzedDecoders {
  /** The packet limit. */
  private static final long MOST_BYTES = 4 << 20;

  private static final long NOW = Golden.RECEIVED_AT;
  private static final List<Profile> PROFILES = Profiles.shipped();

  /** Topics by decoder: of the examples in docs/wire-format, by folder, and of Sparkplug B. */
  static final Map<String, List<String>> TOPICS = topics();

  private FuzzedDecoders() {}

  private static Map<String, List<String>> topics() {
    Map<String, List<String>> topics =
        Golden.all().stream()
            .collect(
                Collectors.groupingBy(
                    each -> each.folder().getFileName().toString(),
                    TreeMap::new,
                    Collectors.mapping(Golden::topic, Collectors.toList())));
    topics.replaceAll((name, all) -> all.stream().distinct().toList());
    topics.put(
        "sparkplug",
        List.of(
            "spBv1.0/east/NBIRTH/edge",
            "spBv1.0/east/DBIRTH/edge/smoke-1",
            "spBv1.0/east/DDATA/edge/smoke-1",
            "spBv1.0/east/NDATA/edge",
            "spBv1.0/east/DDEATH/edge/smoke-1",
            "spBv1.0/east/NDEATH/edge"));
    return topics;
  }

  /** Gives the payload to a decoder under each of its topics, one after the other. */
  static void decode(String decoder, byte[] payload) {
    Decoders decoders = new Decoders(new Shapes(1_000), PROFILES, Rebirths.NONE);
    for (String topic : TOPICS.get(decoder)) {
      Allocation.atMost(
          MOST_BYTES, () -> check(topic, decoders.decode(topic, payload.clone(), NOW)));
    }
  }

  /** The short way of HoloGrid's own payloads says what the complete parser says. */
  static void plain(byte[] payload) {
    HoloGridDecoder decoder = new HoloGridDecoder(new Shapes(1_000));
    Decoded complete = decoder.decodeAll("hologrid/v1/smoke/sm-1", payload, NOW);
    Decoded either = decoder.decode("hologrid/v1/smoke/sm-1", payload, NOW);
    if (!simple(complete).equals(simple(either))) {
      throw new AssertionError(simple(either) + " and not " + simple(complete));
    }
  }

  private static String simple(Decoded decoded) {
    return decoded instanceof Decoded.Accepted accepted
        ? simple(accepted.readings())
        : decoded.toString();
  }

  private static void check(String topic, Decoded decoded) {
    switch (decoded) {
      case Decoded.Rejected rejected -> {
        if (rejected.detail().length() > 500 || rejected.detail().indexOf('\n') >= 0) {
          throw new AssertionError("no sentence: " + rejected.detail());
        }
      }
      case Decoded.Accepted accepted -> {
        if (!accepted.readings().isEmpty()) {
          ReadingCodec codec = new ReadingCodec();
          List<Reading> read =
              codec.decode(0, codec.encode("fuzz", NOW, accepted.readings())).readings();
          String came = simple(read);
          if (!came.equals(simple(accepted.readings()))) {
            throw new AssertionError(
                topic + ": " + came + " and not " + simple(accepted.readings()));
          }
        }
      }
    }
  }

  private static String simple(List<Reading> readings) {
    return readings.stream()
        .map(
            each ->
                each.device()
                    + each.shape().kind()
                    + each.shape().metrics()
                    + each.time()
                    + Arrays.toString(each.numbers())
                    + Arrays.toString(each.texts()))
        .toList()
        .toString();
  }
}
