package dev.hologrid.simulator.site;

import java.util.List;

/** All places, devices, people and patrols of one district. */
public record Site(
    List<Place> places, List<Sensor> devices, List<Person> people, List<Beat> beats) {
  /** Without patrols. */
  public Site(List<Place> places, List<Sensor> devices, List<Person> people) {
    this(places, devices, people, List.of());
  }
}
