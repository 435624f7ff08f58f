package dev.hologrid.simulator.district;

/** Repeatable noise: the same seed and key give the same number on every machine. */
final class Noise {
  private Noise() {}

  /** From 0 to below 1. */
  static double unit(long seed, long key) {
    long z = seed * 0x9E3779B97F4A7C15L + key * 0xD1B54A32D192ED03L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
  }
}
