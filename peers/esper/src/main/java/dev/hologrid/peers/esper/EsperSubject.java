package dev.hologrid.peers.esper;

import com.espertech.esper.common.client.EPCompiled;
import com.espertech.esper.common.client.EventBean;
import com.espertech.esper.common.client.EventSender;
import com.espertech.esper.common.client.configuration.Configuration;
import com.espertech.esper.compiler.client.CompilerArguments;
import com.espertech.esper.compiler.client.EPCompilerProvider;
import com.espertech.esper.runtime.client.EPEventService;
import com.espertech.esper.runtime.client.EPRuntime;
import com.espertech.esper.runtime.client.EPRuntimeProvider;
import com.espertech.esper.runtime.client.EPStatement;
import com.espertech.esper.runtime.client.UpdateListener;
import dev.hologrid.peers.Alerts;
import dev.hologrid.peers.BenchRule;
import dev.hologrid.peers.Cpu;
import dev.hologrid.peers.Stream;
import dev.hologrid.peers.Subject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Esper with object-array events, its fastest form, sent through an event sender; its own clock is
 * off and follows the readings. Where a plain filter suffices to tell when alerts start, a plain
 * filter is what is measured.
 */
public final class EsperSubject implements Subject {
  private static final String[] NAMES = {
    "device", "building", "idx", "nth", "ts", "temperature", "event", "online"
  };
  private static final Object[] TYPES = {
    String.class,
    String.class,
    int.class,
    int.class,
    long.class,
    double.class,
    String.class,
    boolean.class
  };
  private static final int IDX = 2;
  private static final int NTH = 3;
  private static final int TS = 4;

  private final Map<String, Integer> subjects = new HashMap<>();
  private Object[][] events = {};
  private long[] times = {};
  private Stream stream;
  private BenchRule rule;
  private EPCompiled compiled;
  private Configuration configuration;
  private @Nullable EPRuntime runtime;
  private EPEventService service;
  private EventSender sender;
  private Alerts alerts = new Alerts(0);
  private boolean sending;
  private long now;

  private static String epl(BenchRule rule) {
    return switch (rule) {
      case THRESHOLD -> "select * from R(temperature > 70)";
      case FOR ->
          "select a.idx as idx, a.nth as nth, a.ts as ts from pattern [every a=R(temperature > 70)"
              + " -> (timer:interval(20 sec) and not R(device = a.device, temperature <= 70))]";
      case COUNT ->
          "select irstream device from R(event = 'denied')#time(60 sec)"
              + " group by device having count(*) >= 5";
      case RATE ->
          "select irstream device from R#time(60 sec) group by device having"
              + " (last(temperature) - first(temperature)) * 60000.0 / (last(ts) - first(ts)) > 30";
      case ABSENCE ->
          "select a.idx as idx, a.ts as ts from pattern [every a=R"
              + " -> (timer:interval(30 sec) and not R(device = a.device))]";
      case CORRELATION ->
          "select irstream building from R(temperature > 70)#time(60 sec)"
              + " group by building having count(distinct device) >= 2";
      case SEQUENCE ->
          "select a.idx as idx, f.ts as ts from pattern [every a=R(event = 'denied')"
              + " -> ((b=R(event = 'denied', device = a.device)"
              + " -> c=R(event = 'denied', device = a.device)"
              + " -> f=R(event = 'door_forced', device = a.device)) where timer:within(120 sec))]";
      case SHARE ->
          "select irstream building from R#unique(device)"
              + " group by building having sum(case when online then 0 else 1 end) >= 3";
    };
  }

  private UpdateListener listener() {
    return switch (rule) {
      case THRESHOLD ->
          (added, removed, statement, of) -> {
            Object[] event = (Object[]) added[0].getUnderlying();
            alerts.trueAt((Integer) event[IDX], (Integer) event[NTH], (Long) event[TS]);
          };
      case FOR ->
          (added, removed, statement, of) -> {
            for (EventBean row : added) {
              alerts.trueAt(
                  (Integer) row.get("idx"),
                  (Integer) row.get("nth"),
                  (Long) row.get("ts") + 20_000);
            }
          };
      case ABSENCE ->
          (added, removed, statement, of) -> {
            for (EventBean row : added) {
              alerts.add((Integer) row.get("idx"), (Long) row.get("ts") + 30_000);
            }
          };
      case SEQUENCE ->
          (added, removed, statement, of) -> {
            for (EventBean row : added) {
              long at = (Long) row.get("ts");
              alerts.trueUntil((Integer) row.get("idx"), at, at + 120_000);
            }
          };
      case COUNT, RATE -> (added, removed, statement, of) -> edges(added, removed, "device");
      case CORRELATION, SHARE ->
          (added, removed, statement, of) -> edges(added, removed, "building");
    };
  }

  /** Groups that are true after and were before. What time alone brings starts no alert. */
  private void edges(EventBean @Nullable [] added, EventBean @Nullable [] removed, String key) {
    Set<Object> after = new HashSet<>();
    if (added != null) {
      for (EventBean row : added) {
        after.add(row.get(key));
        if (sending) {
          alerts.on(subjects.get(row.get(key)), now);
        }
      }
    }
    if (removed != null) {
      for (EventBean row : removed) {
        if (!after.contains(row.get(key))) {
          alerts.off(subjects.get(row.get(key)));
        }
      }
    }
  }

  @Override
  public void prepare(Stream of, BenchRule with) throws Exception {
    stream = of;
    rule = with;
    times = of.time;
    events = new Object[of.size][];
    for (int i = 0; i < of.size; i++) {
      int device = of.device[i];
      events[i] =
          new Object[] {
            of.deviceIds[device],
            of.buildingIds[of.building(device)],
            device,
            of.nth[i],
            of.time[i],
            of.temperature[i],
            Stream.EVENTS.get(of.event[i]),
            of.online[i]
          };
    }
    for (int i = 0; i < of.deviceIds.length; i++) {
      subjects.put(of.deviceIds[i], i);
    }
    for (int i = 0; i < of.buildingIds.length; i++) {
      subjects.put(of.buildingIds[i], i);
    }
    configuration = new Configuration();
    configuration.getCommon().addEventType("R", NAMES, TYPES);
    configuration.getRuntime().getThreading().setInternalTimerEnabled(false);
    compiled =
        EPCompilerProvider.getCompiler()
            .compile(
                "@name('r') " + System.getProperty("epl", epl(rule)),
                new CompilerArguments(configuration));
  }

  @Override
  public void fresh() throws Exception {
    forget();
    EPRuntime next = EPRuntimeProvider.getRuntime("bench", configuration);
    runtime = next;
    next.initialize();
    service = next.getEventService();
    service.clockExternal();
    service.advanceTime(Stream.START);
    EPStatement statement = next.getDeploymentService().deploy(compiled).getStatements()[0];
    statement.addListener(listener());
    sender = service.getEventSender("R");
    alerts = new Alerts(stream.deviceIds.length);
    now = Stream.START;
  }

  @Override
  public long take(int from, int until) {
    long start = Cpu.nanos();
    for (int i = from; i < until; i++) {
      long at = times[i];
      if (at > now) {
        now = at;
        service.advanceTime(at);
      }
      sending = true;
      sender.sendEvent(events[i]);
      sending = false;
    }
    return Cpu.nanos() - start;
  }

  @Override
  public void finish() {
    service.advanceTime(stream.lastTime());
  }

  @Override
  public Alerts alerts() {
    return alerts;
  }

  @Override
  public void forget() {
    if (runtime != null) {
      runtime.destroy();
      runtime = null;
    }
  }
}
