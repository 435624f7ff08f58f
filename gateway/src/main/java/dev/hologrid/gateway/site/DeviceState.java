package dev.hologrid.gateway.site;

/** Whether a device is heard. */
public enum DeviceState {
  ONLINE,
  /** It said so, or was silent for too long. */
  OFFLINE,
  /** Provisioned, and never heard. */
  UNKNOWN
}
