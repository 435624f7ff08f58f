package dev.hologrid.gateway.decode;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shapes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;

/**
 * Sparkplug B: {@code spBv1.0/{group}/{type}/{edge node}[/{device}]}. A birth says the device is
 * online and what its aliases mean, a death that it is not. A message whose alias no birth told, or
 * that is out of sequence, has a rebirth asked for; the former goes to the quarantine meanwhile.
 * Historical values keep their own time. Data sets, templates and bytes carry no reading.
 *
 * <p>A device is {@code group:node:device}, an edge node itself {@code group:node}; a metric's name
 * is written as {@link Names#metricFor} does.
 *
 * <p>Source: Eclipse Sparkplug Specification 3.0.0, chapters 4 to 6.
 */
final class SparkplugDecoder implements Decoder {
  static final String PREFIX = "spBv1.0/";

  /** Bounds what hostile topics can make us remember. */
  private static final int MAX_NODES = 10_000;

  private final Shapes shapes;
  private final Rebirths rebirths;
  private final Map<String, EdgeNode> nodes = new HashMap<>();

  SparkplugDecoder(Shapes shapes, Rebirths rebirths) {
    this.shapes = shapes;
    this.rebirths = rebirths;
  }

  @Override
  public Decoded decode(String topic, byte[] payload, long receivedAt) {
    String[] levels = topic.split("/", -1);
    boolean state = levels.length == 3 && levels[1].equals("STATE");
    if (state || levels.length > 2 && levels[2].endsWith("CMD")) {
      return new Decoded.Accepted(List.of());
    }
    try {
      int expected = levels.length > 2 && levels[2].startsWith("D") ? 5 : 4;
      if (levels.length != expected) {
        throw unknown(topic);
      }
      return message(levels, Payload.parseFrom(payload), receivedAt);
    } catch (RejectedPayload e) {
      return e.asDecoded();
    } catch (InvalidProtocolBufferException e) {
      return new Decoded.Rejected(
          Reason.BAD_FRAME, "the payload is no Sparkplug B protobuf; send spBv1.0 payloads");
    }
  }

  private static RejectedPayload unknown(String topic) {
    return new RejectedPayload(
        Reason.UNKNOWN_TOPIC,
        "a Sparkplug topic is spBv1.0/{group}/{N|D}{BIRTH|DATA|DEATH}/{edge node}[/{device}], but"
            + " was '"
            + Excerpt.of(topic)
            + "'");
  }

  private Decoded message(String[] levels, Payload payload, long receivedAt)
      throws RejectedPayload {
    String nodeName = levels[1] + ":" + levels[3];
    EdgeNode node = node(nodeName);
    synchronized (node) {
      String device = Names.deviceFor(levels.length == 5 ? nodeName + ":" + levels[4] : nodeName);
      return switch (levels[2]) {
        case "NBIRTH" -> {
          node.born(payload);
          node.startsAt(payload);
          node.learn(payload);
          yield born(node, device, payload, receivedAt);
        }
        case "DBIRTH" -> {
          sequence(node, levels, payload, receivedAt);
          node.learn(payload);
          yield born(node, device, payload, receivedAt);
        }
        case "NDATA", "DDATA" -> {
          sequence(node, levels, payload, receivedAt);
          List<Reading> out = new ArrayList<>();
          data(node, levels, device, payload, receivedAt, out);
          yield new Decoded.Accepted(out);
        }
        case "DDEATH" -> {
          sequence(node, levels, payload, receivedAt);
          String kind = node.kind(device);
          node.died(device);
          yield new Decoded.Accepted(List.of(online(device, kind, false, receivedAt, 0)));
        }
        case "NDEATH" -> new Decoded.Accepted(dead(node, device, payload, receivedAt));
        default -> throw unknown(String.join("/", levels));
      };
    }
  }

  private EdgeNode node(String name) throws RejectedPayload {
    synchronized (nodes) {
      EdgeNode known = nodes.get(name);
      if (known != null) {
        return known;
      }
      if (nodes.size() >= MAX_NODES) {
        throw new RejectedPayload(
            Reason.TOO_MANY, "more than " + MAX_NODES + " edge nodes publish here");
      }
      EdgeNode made = new EdgeNode();
      nodes.put(name, made);
      return made;
    }
  }

  private void sequence(EdgeNode node, String[] levels, Payload payload, long receivedAt) {
    if (!node.follows(payload)) {
      rebirth(node, levels, receivedAt);
    }
  }

  private void rebirth(EdgeNode node, String[] levels, long receivedAt) {
    if (node.asks(receivedAt)) {
      rebirths.wanted(levels[1], levels[3], receivedAt);
    }
  }

  private Decoded born(EdgeNode node, String device, Payload payload, long receivedAt)
      throws RejectedPayload {
    List<Reading> out = new ArrayList<>();
    String kind = values(node, device, payload, receivedAt, out);
    node.lives(device, kind);
    out.add(online(device, kind, true, receivedAt, out.size()));
    return new Decoded.Accepted(out);
  }

  private List<Reading> dead(EdgeNode node, String device, Payload payload, long receivedAt)
      throws RejectedPayload {
    List<Reading> out = new ArrayList<>();
    if (node.dies(payload)) {
      for (Map.Entry<String, String> each : node.alive().entrySet()) {
        out.add(online(each.getKey(), each.getValue(), false, receivedAt, out.size()));
      }
      if (out.isEmpty()) {
        out.add(online(device, EdgeNode.UNTOLD, false, receivedAt, 0));
      }
      node.alive().clear();
    }
    return out;
  }

  private Reading online(String device, String kind, boolean online, long receivedAt, int index)
      throws RejectedPayload {
    ReadingBuilder builder = new ReadingBuilder();
    builder.bool("online", online);
    return builder.build(shapes, device, kind, receivedAt, receivedAt, index);
  }

  private void data(
      EdgeNode node,
      String[] levels,
      String device,
      Payload payload,
      long receivedAt,
      List<Reading> out)
      throws RejectedPayload {
    for (Metric each : payload.getMetricsList()) {
      if (node.name(each) == null) {
        rebirth(node, levels, receivedAt);
        throw new RejectedPayload(
            Reason.UNKNOWN_ALIAS,
            "no birth told what alias "
                + each.getAlias()
                + " means; a rebirth of "
                + Excerpt.of(levels[3])
                + " is asked for");
      }
    }
    values(node, device, payload, receivedAt, out);
  }

  /** Adds one reading for each time in the payload; returns the device's kind. */
  private String values(
      EdgeNode node, String device, Payload payload, long receivedAt, List<Reading> out)
      throws RejectedPayload {
    long whole = payload.hasTimestamp() ? payload.getTimestamp() : receivedAt;
    Map<Long, ReadingBuilder> byTime = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    for (Metric each : payload.getMetricsList()) {
      String name = node.name(each);
      if (name == null || name.equals("bdSeq") || name.startsWith("Node Control/")) {
        continue;
      }
      long time = each.hasTimestamp() ? each.getTimestamp() : whole;
      ReadingBuilder builder = byTime.computeIfAbsent(time, t -> new ReadingBuilder());
      String metric = Names.metricFor(name);
      if (!each.getIsNull() && builder.takes(metric)) {
        SparkplugValue.add(metric, node.type(name, each), each, builder);
        names.add(metric);
      }
    }
    String kind = Kinds.of(names, node.kind(device));
    for (Map.Entry<Long, ReadingBuilder> each : byTime.entrySet()) {
      if (!each.getValue().isEmpty()) {
        out.add(each.getValue().build(shapes, device, kind, each.getKey(), receivedAt, out.size()));
      }
    }
    return kind;
  }
}
