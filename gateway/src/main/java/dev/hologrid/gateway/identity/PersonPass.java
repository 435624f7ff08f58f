package dev.hologrid.gateway.identity;

import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.source.endpoint.DeviceGate;

/**
 * A program that was let in by a person's API token. It follows what happens; it publishes nothing.
 */
record PersonPass(Person person) implements DeviceGate.Admitted {
  @Override
  public String device() {
    return "";
  }

  @Override
  public String identity() {
    return "person:" + person.id();
  }

  @Override
  public boolean mayPublish(String topic) {
    return false;
  }
}
