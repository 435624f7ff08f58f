package dev.hologrid.gateway;

import dev.hologrid.gateway.component.Component;
import dev.hologrid.gateway.decode.Decoders;
import dev.hologrid.gateway.ingest.Ingest;
import dev.hologrid.gateway.ingest.Quarantine;
import dev.hologrid.gateway.ingest.ReadingCodec;
import dev.hologrid.gateway.journal.FileJournal;
import dev.hologrid.gateway.journal.Follower;
import dev.hologrid.gateway.journal.FollowerRunner;
import dev.hologrid.gateway.site.DeviceRegistry;
import dev.hologrid.gateway.site.Site;
import dev.hologrid.gateway.source.Source;
import dev.hologrid.gateway.source.broker.BrokerSource;
import dev.hologrid.gateway.source.endpoint.MqttEndpointSource;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shapes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes the server's parts and joins them, in the order the data flows: the one long constructor of
 * the project. Sources start last, so that nothing comes in before it can be judged.
 */
final class Assembly {
  private static final int MOST_SHAPES = 10_000;

  /** Readings that are looked at again after a start, for the latest values of the devices. */
  private static final long LATEST = 100_000;

  private static final long START_SECONDS = 30;

  final Ingest ingest;
  final MqttEndpointSource endpoint;
  private final StopStack stack;
  private final List<Component> components = new CopyOnWriteArrayList<>();

  Assembly(GatewayConfig config, Clock clock, StopStack stack) throws IOException {
    this.stack = stack;
    Path data = config.data();
    Vertx vertx = Vertx.vertx();
    stack.started("vertx", () -> await("vertx", vertx.close()));

    // What is on disk.
    FileJournal readings =
        part(FileJournal.open("readings", data.resolve("journal/readings"), config.journal()));
    FileJournal refused =
        FileJournal.open("quarantine", data.resolve("quarantine"), config.journal());
    Quarantine quarantine = part(new Quarantine(refused));
    Shapes shapes = new Shapes(MOST_SHAPES);
    ReadingCodec codec = new ReadingCodec(shapes);

    // Where it stands.
    Site site = part(new Site(config.site(), data.resolve("site")));
    site.start();
    DeviceRegistry devices = part(new DeviceRegistry(site, config.site(), clock::millis));
    devices.start();
    part(
        new FollowerRunner<>(readings, new DeviceFollower(devices), codec::decode, null)
            .startAt(readings.end() - LATEST));

    // The front door, then the ways in.
    ingest = part(new Ingest(new Decoders(shapes), codec, readings, quarantine));
    endpoint = part(new MqttEndpointSource(vertx, config.endpoint(), ingest, clock));
    start(endpoint);
    if (config.broker() != null) {
      start(part(new BrokerSource(config.broker(), ingest, clock)));
    }
  }

  private <C extends Component> C part(C component) {
    components.add(component);
    return stack.started(component.name(), component);
  }

  List<Component> components() {
    return List.copyOf(components);
  }

  private static void start(Source source) {
    await(source.name(), source.start());
  }

  private static <T> T await(String what, Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new StartFailed(what + " could not start: " + cause.getMessage(), cause);
    } catch (TimeoutException e) {
      throw new StartFailed(what + " did not start within " + START_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailed(what + " was interrupted while starting", e);
    }
  }

  /** Keeps the devices' latest values and states. */
  private record DeviceFollower(DeviceRegistry devices) implements Follower<ReadingCodec.Message> {
    @Override
    public String name() {
      return "devices";
    }

    @Override
    public void handle(List<Entry<ReadingCodec.Message>> batch) {
      for (Entry<ReadingCodec.Message> each : batch) {
        for (Reading reading : each.value().readings()) {
          devices.accept(reading);
        }
      }
    }
  }
}
