package dev.hologrid.rules.engine;

import dev.hologrid.rules.Device;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Severity;
import dev.hologrid.rules.Shape;
import dev.hologrid.rules.language.Expr;
import dev.hologrid.rules.window.Window;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An engine's state as bytes: a version byte, time, devices and places, then each rule's state in a
 * block of its own, named by rule and version, so that a changed rule's block is left out. What can
 * be told from the rest (timers, counts of devices) is not written.
 */
final class Snapshot {
  /**
   * Since 2 with what an alert's terms came to and which readings were judged; since 3 with the
   * reading that others were told of, and a window's sums to the last bit. Older ones are read for
   * ever.
   */
  private static final byte VERSION = 3;

  // What follows of a subject in a rule's block, in the order in which it does.
  private static final int WINDOWS = 2;
  private static final int PLACE = 4;
  private static final int SAID = 8;
  private static final int ACTIVATION = 1;

  private Snapshot() {}

  static byte[] write(RuleEngine engine) {
    try {
      Chunks bytes = new Chunks();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeByte(VERSION);
      out.writeLong(engine.now);
      out.writeLong(engine.core.clock());
      out.writeLong(engine.lastOffset);
      out.writeInt(engine.lastIndex);
      out.writeLong(engine.counts.late());
      out.writeLong(engine.counts.duplicates());
      out.writeLong(engine.counts.future());
      out.writeInt(engine.waiting.size());
      for (Reading reading : engine.waiting) {
        Frames.writeReading(reading, out);
      }
      writeSubjects(engine.registry, out);
      out.writeInt(engine.core.rules.size());
      for (CompiledRule rule : engine.core.rules) {
        Frames.writeText(rule.name(), out);
        Frames.writeText(rule.rule.version(), out);
        Chunks block = block(engine, rule);
        out.writeInt(block.size());
        block.writeTo(out);
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeSubjects(Registry registry, DataOutputStream out) throws IOException {
    out.writeInt(registry.size());
    for (int i = 0; i < registry.size(); i++) {
      switch (registry.subject(i)) {
        case DeviceState d -> {
          out.writeByte('d');
          Frames.writeText(d.device.id(), out);
          Frames.writeText(d.device.kind(), out);
          out.writeInt(d.device.path().size());
          for (String code : d.device.path()) {
            Frames.writeText(code, out);
          }
          Frames.writeMap(d.device.labels(), out);
          out.writeLong(registry.lastTime(i));
          out.writeInt(registry.lastHash(i));
          out.writeLong(registry.lastOffset(i));
          out.writeLong(registry.heard(i));
          long[] judged = d.judged();
          out.writeInt(judged.length);
          for (long each : judged) {
            out.writeLong(each);
          }
        }
        case PlaceState p -> {
          out.writeByte('p');
          Frames.writeText(p.code, out);
          out.writeInt(p.parent == null ? -1 : p.parent.index);
        }
        case Subject other -> throw new IllegalStateException("no subject: " + other.id());
      }
    }
  }

  private static Chunks block(RuleEngine engine, CompiledRule rule) throws IOException {
    Chunks bytes = new Chunks();
    DataOutputStream out = new DataOutputStream(bytes);
    PlaceRule place = engine.core.placeRule(rule);
    for (int i = 0; i < engine.registry.size(); i++) {
      Subject subject = engine.registry.subject(i);
      Activation a = subject.active(rule.index);
      boolean remembers =
          place instanceof ShareRule
              ? subject instanceof DeviceState d && d.shares() != 0
              : subject.memory(rule.index) != null;
      boolean windows = subject instanceof DeviceState d && hasWindows(d, rule);
      int memory = !remembers ? 0 : place != null ? PLACE : SAID;
      int what = (a != null ? ACTIVATION : 0) | (windows ? WINDOWS : 0) | memory;
      if (what == 0) {
        continue;
      }
      out.writeInt(i);
      out.writeByte(what);
      if (windows) {
        writeWindows((DeviceState) subject, rule, out);
      }
      if (place != null && remembers) {
        place.write(subject, out);
      }
      if (subject.memory(rule.index) instanceof LastSaid said) {
        out.writeLong(said.time);
        out.writeLong(said.offset);
      }
      if (a != null) {
        writeActivation(a, out);
      }
    }
    out.writeInt(-1);
    List<Map.Entry<Lifecycle.FlapKey, long[]>> flaps =
        engine.core.lifecycle().flaps.entrySet().stream()
            .filter(e -> e.getKey().rule() == rule.index)
            .toList();
    out.writeInt(flaps.size());
    for (Map.Entry<Lifecycle.FlapKey, long[]> flap : flaps) {
      out.writeInt(flap.getKey().subject());
      out.writeInt(flap.getValue().length);
      for (long time : flap.getValue()) {
        out.writeLong(time);
      }
    }
    return bytes;
  }

  private static boolean hasWindows(DeviceState device, CompiledRule rule) {
    for (int slot : rule.windows.values()) {
      if (device.window(slot) != null) {
        return true;
      }
    }
    return false;
  }

  private static void writeWindows(DeviceState device, CompiledRule rule, DataOutputStream out)
      throws IOException {
    for (int slot : rule.windows.values()) {
      Window window = device.window(slot);
      out.writeBoolean(window != null);
      if (window != null) {
        window.write(out);
      }
    }
  }

  private static void writeActivation(Activation a, DataOutputStream out) throws IOException {
    out.writeLong(a.since);
    out.writeLong(a.offset);
    out.writeBoolean(a.firing);
    out.writeBoolean(a.announced);
    out.writeBoolean(a.silent);
    out.writeLong(a.startedAt);
    out.writeLong(a.due);
    out.writeLong(a.clearAt);
    out.writeLong(a.closeAt);
    out.writeLong(a.windowAt);
    out.writeLong(a.lag);
    for (long since : a.levelSince) {
      out.writeLong(since);
    }
    out.writeLong(a.levelSeen);
    Frames.writeReading(a.last, out);
    Frames.writeReading(a.told, out);
    Frames.writeReading(a.judged, out);
    Frames.writeText(a.severity.name(), out);
    out.writeInt(a.raises);
    out.writeInt(a.because.size());
    for (var evidence : a.because) {
      Frames.writeEvidence(evidence, out);
    }
    Frames.writeTerms(a.terms, out);
    Frames.writeTerms(a.levelTerms, out);
  }

  static void read(RuleEngine engine, byte[] bytes) {
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      byte version = in.readByte();
      if (version < 1 || version > VERSION) {
        throw new IllegalArgumentException(
            "snapshots of version 1 to " + VERSION + " can be read, but this is of " + version);
      }
      Map<Shape, Shape> shapes = new HashMap<>();
      engine.now = in.readLong();
      engine.core.clock(in.readLong());
      engine.lastOffset = in.readLong();
      engine.lastIndex = in.readInt();
      engine.counts = new EngineCounts(in.readLong(), in.readLong(), in.readLong());
      int waiting = in.readInt();
      for (int i = 0; i < waiting; i++) {
        Reading reading = Frames.readReading(in, shapes);
        if (reading != null) {
          engine.waiting.add(reading);
        }
      }
      readSubjects(engine.registry, version, in);
      Map<String, CompiledRule> known = new HashMap<>();
      engine.core.rules.forEach(rule -> known.put(rule.name() + "/" + rule.rule.version(), rule));
      int rules = in.readInt();
      List<Activation> restored = new ArrayList<>();
      for (int i = 0; i < rules; i++) {
        CompiledRule rule = known.get(Frames.readText(in) + "/" + Frames.readText(in));
        byte[] block = new byte[in.readInt()];
        in.readFully(block);
        if (rule != null) {
          DataInputStream inner = new DataInputStream(new ByteArrayInputStream(block));
          readBlock(engine, rule, inner, version, shapes, restored);
        }
      }
      revive(engine, restored);
    } catch (IOException e) {
      throw new IllegalArgumentException("not a whole snapshot", e);
    }
  }

  /** Everything that follows from what was read. */
  private static void revive(RuleEngine engine, List<Activation> restored) {
    for (int i = 0; i < engine.registry.size(); i++) {
      if (engine.registry.subject(i) instanceof DeviceState device) {
        engine.core.registered(device);
        if (device.heard() != DeviceState.NEVER) {
          engine.core.watch(device);
        }
      }
    }
    for (Activation a : restored) {
      if (a.firing) {
        a.alert = Composer.compose(a, null);
        engine.core.announcer().restored(a);
      }
      engine.core.lifecycle().reschedule(a);
    }
  }

  private static void readSubjects(Registry registry, int version, DataInputStream in)
      throws IOException {
    int subjects = in.readInt();
    for (int i = 0; i < subjects; i++) {
      if (in.readByte() == 'd') {
        String id = Frames.readText(in);
        String kind = Frames.readText(in);
        List<String> path = new ArrayList<>();
        int depth = in.readInt();
        for (int n = 0; n < depth; n++) {
          path.add(Frames.readText(in));
        }
        DeviceState d = registry.add(new Device(id, kind, path, Frames.readMap(in)));
        long lastTime = in.readLong();
        int lastHash = in.readInt();
        registry.newest(d.index, lastTime, in.readLong(), lastHash);
        registry.heard(d.index, in.readLong());
        int judged = version < 2 ? 0 : in.readInt();
        for (int j = 0; j < judged; j++) {
          d.judged(in.readLong());
        }
      } else {
        String code = Frames.readText(in);
        int parent = in.readInt();
        PlaceState unused =
            registry.place(code, parent < 0 ? null : (PlaceState) registry.subject(parent));
      }
    }
    for (int i = 0; i < subjects; i++) {
      if (registry.subject(i) instanceof DeviceState device) {
        registry.locate(device);
      }
    }
  }

  private static void readBlock(
      RuleEngine engine,
      CompiledRule rule,
      DataInputStream in,
      int version,
      Map<Shape, Shape> shapes,
      List<Activation> restored)
      throws IOException {
    PlaceRule place = engine.core.placeRule(rule);
    for (int i = in.readInt(); i >= 0; i = in.readInt()) {
      Subject subject = engine.registry.subject(i);
      int what = in.readByte();
      if ((what & WINDOWS) != 0) {
        readWindows((DeviceState) subject, rule, in, version);
      }
      if ((what & PLACE) != 0 && place != null) {
        place.read(subject, in);
      }
      if ((what & SAID) != 0) {
        LastSaid said = new LastSaid(in.readLong(), in.readLong());
        subject.remember(rule.index, engine.core.ruleCount(), said);
      }
      if ((what & ACTIVATION) != 0) {
        restored.add(readActivation(engine, rule, subject, in, version, shapes));
      }
    }
    int flaps = in.readInt();
    for (int i = 0; i < flaps; i++) {
      int subject = in.readInt();
      long[] times = new long[in.readInt()];
      for (int n = 0; n < times.length; n++) {
        times[n] = in.readLong();
      }
      engine.core.lifecycle().flaps.put(new Lifecycle.FlapKey(rule.index, subject), times);
    }
  }

  private static void readWindows(
      DeviceState device, CompiledRule rule, DataInputStream in, int version) throws IOException {
    for (Map.Entry<Expr.Window, Integer> entry : rule.windows.entrySet()) {
      if (in.readBoolean()) {
        Expr.Window spec = entry.getKey();
        Window window = Window.of(spec.fn(), spec.millis(), spec.q());
        window.read(in, version);
        device.window(entry.getValue(), window);
      }
    }
  }

  private static Activation readActivation(
      RuleEngine engine,
      CompiledRule rule,
      Subject subject,
      DataInputStream in,
      int version,
      Map<Shape, Shape> shapes)
      throws IOException {
    Activation a = new Activation(rule, subject, in.readLong(), in.readLong());
    a.firing = in.readBoolean();
    a.announced = in.readBoolean();
    a.silent = in.readBoolean();
    a.startedAt = in.readLong();
    a.due = in.readLong();
    a.clearAt = in.readLong();
    a.closeAt = in.readLong();
    a.windowAt = in.readLong();
    a.lag = in.readLong();
    for (int i = 0; i < a.levelSince.length; i++) {
      a.levelSince[i] = in.readLong();
    }
    a.levelSeen = in.readLong();
    a.last = Frames.readReading(in, shapes);
    a.told = version < 3 ? a.last : Frames.readReading(in, shapes);
    a.judged = Frames.readReading(in, shapes);
    a.severity = Severity.valueOf(Frames.readText(in));
    a.raises = in.readInt();
    int evidence = in.readInt();
    for (int i = 0; i < evidence; i++) {
      a.because.add(Frames.readEvidence(in));
    }
    if (version >= 2) {
      a.terms = Frames.readTerms(in);
      a.levelTerms = Frames.readTerms(in);
    }
    engine.core.activate(a);
    return a;
  }
}
