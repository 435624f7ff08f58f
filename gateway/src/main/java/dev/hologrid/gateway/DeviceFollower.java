package dev.hologrid.gateway;

import dev.hologrid.gateway.ingest.ReadingCodec;
import dev.hologrid.gateway.journal.Follower;
import dev.hologrid.gateway.site.DeviceRegistry;
import dev.hologrid.rules.Reading;
import java.util.List;

/** Keeps the devices' latest values and states. */
record DeviceFollower(DeviceRegistry devices) implements Follower<ReadingCodec.Message> {
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
