package dev.hologrid.peers.flink;

/** A reading as Flink takes it: a bean that its own serializer knows. */
public final class FlinkReading {
  public int device;
  public int building;
  public long ts;
  public double temperature;
  public byte event;

  /** For Flink, which fills the fields. */
  public FlinkReading() {}

  FlinkReading(int device, int building, long ts, double temperature, byte event) {
    this.device = device;
    this.building = building;
    this.ts = ts;
    this.temperature = temperature;
    this.event = event;
  }
}
