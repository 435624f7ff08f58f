package dev.hologrid.peers.drools;

import dev.hologrid.peers.Alerts;
import dev.hologrid.peers.BenchRule;
import dev.hologrid.peers.Cpu;
import dev.hologrid.peers.Stream;
import dev.hologrid.peers.Subject;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.KieBaseConfiguration;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.conf.EventProcessingOption;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.KieSessionConfiguration;
import org.kie.api.runtime.conf.ClockTypeOption;
import org.kie.api.runtime.rule.FactHandle;
import org.kie.api.time.SessionPseudoClock;

/**
 * Drools in stream mode with its pseudo clock: each reading is inserted as an event and the rules
 * fire. Where no event has to be kept (the threshold) it is taken out again at once; where only the
 * latest status counts (the share) there is one fact per device that is updated.
 */
public final class DroolsSubject implements Subject {
  private final Results results = new Results();
  private DroolsReading[] readings = {};
  private Stream stream;
  private BenchRule rule;
  private KieBase base;
  private @Nullable KieSession session;
  private SessionPseudoClock clock;
  private DroolsDevice[] devices = {};
  private FactHandle[] handles = {};

  private static String drl(BenchRule rule) {
    String expires =
        switch (rule) {
          case SEQUENCE -> "121s";
          case FOR -> "21s";
          case ABSENCE -> "31s";
          default -> "60s";
        };
    return """
        package bench
        import dev.hologrid.peers.drools.DroolsReading
        import dev.hologrid.peers.drools.DroolsDevice
        import dev.hologrid.peers.drools.DroolsBuilding
        global dev.hologrid.peers.drools.Results out
        declare DroolsReading
          @role( event )
          @timestamp( ts )
          @expires( EXPIRES )
        end
        rule "bench"
        when
        WHEN
        end
        """
        .replace("EXPIRES", expires)
        .replace("WHEN", body(rule));
  }

  private static String body(BenchRule rule) {
    return switch (rule) {
      case THRESHOLD ->
          """
          $r : DroolsReading( temperature > 70 )
          then out.trueAt($r, 0L);
          """;
      case FOR ->
          """
          $a : DroolsReading( temperature > 70 )
          not DroolsReading( device == $a.device, temperature <= 70, this after[0ms, 19999ms] $a )
          then out.trueAt($a, 20000L);
          """;
      case COUNT ->
          """
          $r : DroolsReading( event == "denied" )
          accumulate( DroolsReading( event == "denied", device == $r.device,
                                     this before[0ms, 59999ms] $r );
                      $n : count(); $n >= 5 )
          then out.trueUntil($r.getDeviceIndex(), $r.getTs(), $r.getTs() + 100000L);
          """;
      case RATE ->
          """
          $r : DroolsReading()
          $o : DroolsReading( device == $r.device, this before[1ms, 59999ms] $r,
                              ($r.temperature - temperature) * 60000.0 / ($r.ts - ts) > 30 )
          not DroolsReading( device == $r.device, this before[1ms, 59999ms] $r, ts < $o.ts )
          then out.trueNow($r);
          """;
      case ABSENCE ->
          """
          $a : DroolsReading()
          not DroolsReading( device == $a.device, this after[1ms, 30s] $a )
          then out.add($a, 30000L);
          """;
      case CORRELATION ->
          """
          $a : DroolsReading( temperature > 70 )
          $b : DroolsReading( temperature > 70, building == $a.building, device != $a.device,
                              this after[0ms, 59999ms] $a )
          then out.trueUntil($b.getBuildingIndex(), $b.getTs(), $a.getTs() + 60000L);
          """;
      case SEQUENCE ->
          """
          $a : DroolsReading( event == "denied" )
          $b : DroolsReading( event == "denied", device == $a.device, this after[1ms, 120s] $a )
          $c : DroolsReading( event == "denied", device == $a.device, this after[1ms, 120s] $b )
          $f : DroolsReading( event == "door_forced", device == $a.device,
                              this after[1ms, 120s] $c, ts - $a.ts <= 120000 )
          then out.trueUntil($f.getDeviceIndex(), $f.getTs(), $f.getTs() + 120000L);
          """;
      case SHARE ->
          """
          $b : DroolsBuilding()
          accumulate( DroolsDevice( building == $b.index, online == false ); $n : count() )
          then out.offline($b.getIndex(), $n);
          """;
    };
  }

  @Override
  public void prepare(Stream of, BenchRule with) {
    stream = of;
    rule = with;
    readings = new DroolsReading[of.size];
    for (int i = 0; i < of.size; i++) {
      int device = of.device[i];
      readings[i] =
          new DroolsReading(
              of.deviceIds[device],
              of.buildingIds[of.building(device)],
              new int[] {device, of.building(device), of.nth[i]},
              of.time[i],
              of.temperature[i],
              Stream.EVENTS.get(of.event[i]));
    }
    KieServices services = KieServices.get();
    KieFileSystem files = services.newKieFileSystem();
    files.write("src/main/resources/bench/bench.drl", drl(with));
    KieBuilder builder = services.newKieBuilder(files).buildAll();
    if (builder.getResults().hasMessages(Message.Level.ERROR)) {
      throw new IllegalStateException(builder.getResults().toString());
    }
    KieBaseConfiguration configuration = services.newKieBaseConfiguration();
    configuration.setOption(EventProcessingOption.STREAM);
    base =
        services
            .newKieContainer(services.getRepository().getDefaultReleaseId())
            .newKieBase(configuration);
  }

  @Override
  public void fresh() {
    forget();
    KieSessionConfiguration configuration = KieServices.get().newKieSessionConfiguration();
    configuration.setOption(ClockTypeOption.PSEUDO);
    KieSession next = base.newKieSession(configuration, null);
    session = next;
    clock = next.getSessionClock();
    clock.advanceTime(Stream.START, TimeUnit.MILLISECONDS);
    results.alerts = new Alerts(stream.deviceIds.length);
    results.now = Stream.START;
    next.setGlobal("out", results);
    if (rule == BenchRule.SHARE) {
      devices = new DroolsDevice[stream.deviceIds.length];
      handles = new FactHandle[devices.length];
      for (int i = 0; i < stream.buildingIds.length; i++) {
        next.insert(new DroolsBuilding(i));
      }
      for (int i = 0; i < devices.length; i++) {
        devices[i] = new DroolsDevice(stream.building(i));
        handles[i] = next.insert(devices[i]);
      }
      next.fireAllRules();
    }
  }

  @Override
  public long take(int from, int until) {
    KieSession running = session;
    if (running == null) {
      throw new IllegalStateException("fresh comes first");
    }
    long start = Cpu.nanos();
    for (int i = from; i < until; i++) {
      long at = stream.time[i];
      if (at > results.now) {
        clock.advanceTime(at - results.now, TimeUnit.MILLISECONDS);
        results.now = at;
      }
      if (rule == BenchRule.SHARE) {
        DroolsDevice device = devices[stream.device[i]];
        device.setOnline(stream.online[i]);
        running.update(handles[stream.device[i]], device, "online");
        running.fireAllRules();
      } else {
        FactHandle handle = running.insert(readings[i]);
        running.fireAllRules();
        if (rule == BenchRule.THRESHOLD) {
          running.delete(handle);
        }
      }
    }
    return Cpu.nanos() - start;
  }

  @Override
  public void finish() {
    KieSession running = session;
    if (running != null) {
      running.fireAllRules();
    }
  }

  @Override
  public void forget() {
    if (session != null) {
      session.dispose();
      session = null;
    }
  }

  @Override
  public Alerts alerts() {
    return results.alerts;
  }
}
