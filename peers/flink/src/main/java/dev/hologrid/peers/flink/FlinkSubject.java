package dev.hologrid.peers.flink;

import dev.hologrid.peers.Alerts;
import dev.hologrid.peers.BenchRule;
import dev.hologrid.peers.Cpu;
import dev.hologrid.peers.Stream;
import dev.hologrid.peers.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.cep.CEP;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/**
 * Flink CEP on its local cluster with parallelism 1. A filter before the pattern takes out what
 * cannot matter to it. Measured from the first reading that the source takes to the end of the
 * pattern's operator, so that starting a job does not count.
 */
public final class FlinkSubject implements Subject {
  /** The job runs in this JVM; its functions are copied, so what they share is static. */
  private static Stream stream;

  private static FlinkReading[] readings = {};
  private static Alerts alerts = new Alerts(0);
  private static BenchRule rule = BenchRule.SEQUENCE;
  private static volatile boolean measuring;
  private static volatile long firstAt;
  private static volatile long closedAt;
  private static volatile long usedAtFirst;
  private static volatile long usedAtClose;

  private static final class Report extends PatternProcessFunction<FlinkReading, Long> {
    private static final long serialVersionUID = 1;

    @Override
    public void processMatch(
        Map<String, List<FlinkReading>> match,
        PatternProcessFunction.Context context,
        Collector<Long> out) {
      if (rule == BenchRule.CORRELATION) {
        FlinkReading a = match.get("a").getFirst();
        FlinkReading b = match.get("b").getFirst();
        alerts.trueUntil(b.building, b.ts, a.ts + 60_000);
      } else {
        FlinkReading forced = match.get("f").getFirst();
        alerts.trueUntil(forced.device, forced.ts, forced.ts + 120_000);
      }
    }

    @Override
    public void close() {
      closedAt = Cpu.processNanos();
      if (measuring) {
        usedAtClose = used();
      }
    }
  }

  private static final class OtherDevice extends IterativeCondition<FlinkReading> {
    private static final long serialVersionUID = 1;

    @Override
    public boolean filter(FlinkReading b, IterativeCondition.Context<FlinkReading> context)
        throws Exception {
      for (FlinkReading a : context.getEventsForPattern("a")) {
        return a.device != b.device;
      }
      return false;
    }
  }

  private static FlinkReading reading(long i) {
    if (i == 0) {
      usedAtFirst = measuring ? used() : 0;
      firstAt = Cpu.processNanos();
    }
    return readings[(int) i];
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static boolean concerns(FlinkReading r) {
    return rule == BenchRule.CORRELATION ? r.temperature > 70 : r.event != Stream.GRANTED;
  }

  private static Pattern<FlinkReading, ?> pattern() {
    if (rule == BenchRule.CORRELATION) {
      return Pattern.<FlinkReading>begin("a")
          .followedByAny("b")
          .where(new OtherDevice())
          .within(Duration.ofSeconds(60));
    }
    return Pattern.<FlinkReading>begin("d")
        .where(SimpleCondition.of(r -> r.event == Stream.DENIED))
        .times(3)
        .followedBy("f")
        .where(SimpleCondition.of(r -> r.event == Stream.FORCED))
        .within(Duration.ofMillis(120_001));
  }

  @Override
  public void prepare(Stream of, BenchRule with) {
    stream = of;
    rule = with;
    FlinkReading[] all = new FlinkReading[of.size];
    for (int i = 0; i < of.size; i++) {
      int device = of.device[i];
      all[i] =
          new FlinkReading(device, of.building(device), of.time[i], of.temperature[i], of.event[i]);
    }
    readings = all;
  }

  @Override
  public boolean piecewise() {
    return false;
  }

  @Override
  public void fresh() {
    alerts = new Alerts(stream.deviceIds.length);
  }

  @Override
  public long take(int from, int until) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
    env.getConfig().enableObjectReuse();
    SingleOutputStreamOperator<FlinkReading> source =
        env.fromSequence(from, until - 1L)
            .map(FlinkSubject::reading)
            .returns(FlinkReading.class)
            .filter(FlinkSubject::concerns)
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<FlinkReading>forMonotonousTimestamps()
                    .withTimestampAssigner((r, was) -> r.ts));
    boolean byPlace = rule == BenchRule.CORRELATION;
    KeyedStream<FlinkReading, Integer> keyed = source.keyBy(r -> byPlace ? r.building : r.device);
    CEP.pattern(keyed, pattern()).process(new Report()).sinkTo(new DiscardingSink<>());
    env.execute();
    if (closedAt < firstAt) {
      throw new IOException("the job ended without its pattern");
    }
    return closedAt - firstAt;
  }

  @Override
  public void finish() {}

  @Override
  public void forget() {}

  @Override
  public void measureState(boolean on) {
    measuring = on;
  }

  @Override
  public long stateBytes() {
    return Math.max(0, usedAtClose - usedAtFirst);
  }

  @Override
  public Alerts alerts() {
    return alerts;
  }
}
