package dev.hologrid.rules.engine;

import dev.hologrid.rules.Reading;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A rule over several devices, or over several readings of one. */
abstract class PlaceRule implements Judge {
  final CompiledRule rule;
  final Core core;

  PlaceRule(CompiledRule rule, Core core) {
    this.rule = rule;
    this.core = core;
  }

  /** A device's reading was judged by the condition of a member. */
  abstract void judged(int member, boolean is, DeviceState device, Reading reading, long now);

  /** An alert that is a member started or ended. */
  abstract void alert(int member, Activation of, boolean firing, long now);

  /** Takes part in no order of time, so that late readings count too. */
  boolean orderFree() {
    return false;
  }

  /** A device was registered here (+1) or left (-1). */
  void population(DeviceState device, int by) {}

  @Override
  public boolean clears(Activation activation, long now) {
    return true;
  }

  abstract void write(Subject subject, DataOutput out) throws IOException;

  abstract void read(Subject subject, DataInput in) throws IOException;

  final Activation begin(Subject subject, long now, long offset) {
    return core.lifecycle().begin(rule, subject, now, offset);
  }
}
