package dev.hologrid.simulator.replay;

import java.util.Map;

/** One recorded reading. */
record Recorded(String kind, String device, long time, Map<String, Object> values) {}
