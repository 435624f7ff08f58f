package dev.hologrid.peers.drools;

/** A device's status as a fact that is kept up to date; for the rule over a share of devices. */
public final class DroolsDevice {
  private final int building;
  private boolean online = true;

  DroolsDevice(int building) {
    this.building = building;
  }

  public int getBuilding() {
    return building;
  }

  public boolean isOnline() {
    return online;
  }

  public void setOnline(boolean online) {
    this.online = online;
  }
}
