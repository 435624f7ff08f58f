package dev.hologrid.simulator.site;

import java.util.List;

/** All places, devices and people of one district. */
public record Site(List<Place> places, List<Sensor> devices, List<Person> people) {}
