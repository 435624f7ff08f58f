package dev.hologrid.gateway.identity;

import dev.hologrid.gateway.source.endpoint.DeviceGate;

/** Whoever is on this machine, where nobody is asked: it may publish anything and follow all. */
record AnonymousPass() implements DeviceGate.Admitted {
  static final AnonymousPass ANYBODY = new AnonymousPass();

  @Override
  public String device() {
    return "";
  }

  @Override
  public String identity() {
    return "";
  }

  @Override
  public boolean mayPublish(String topic) {
    return true;
  }
}
