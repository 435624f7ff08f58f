package dev.hologrid.simulator.site;

import java.util.List;

/** One person of the site; {@code scope} is the code of the place he or she works for. */
public record Person(String id, String name, List<String> roles, String scope, String phone) {}
