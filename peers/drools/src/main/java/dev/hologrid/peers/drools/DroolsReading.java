package dev.hologrid.peers.drools;

/** A reading as Drools takes it: a bean. Immutable. */
public final class DroolsReading {
  private final String device;
  private final String building;
  private final int deviceIndex;
  private final int buildingIndex;
  private final int nth;
  private final long ts;
  private final double temperature;
  private final String event;

  DroolsReading(
      String device, String building, int[] indices, long ts, double temperature, String event) {
    this.device = device;
    this.building = building;
    this.deviceIndex = indices[0];
    this.buildingIndex = indices[1];
    this.nth = indices[2];
    this.ts = ts;
    this.temperature = temperature;
    this.event = event;
  }

  public String getDevice() {
    return device;
  }

  public String getBuilding() {
    return building;
  }

  public int getDeviceIndex() {
    return deviceIndex;
  }

  public int getBuildingIndex() {
    return buildingIndex;
  }

  public int getNth() {
    return nth;
  }

  public long getTs() {
    return ts;
  }

  public double getTemperature() {
    return temperature;
  }

  public String getEvent() {
    return event;
  }
}
