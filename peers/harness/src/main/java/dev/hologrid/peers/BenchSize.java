package dev.hologrid.peers;

/**
 * How much is measured.
 *
 * @param readings in the stream
 * @param devices that send them
 * @param rounds that count
 * @param leastMillis a round lasts at least so long, with as many whole streams as it takes
 * @param mostMillis and a slow engine stops in the middle of the stream after so long
 */
record BenchSize(int readings, int devices, int rounds, int leastMillis, int mostMillis) {
  static final BenchSize FULL = new BenchSize(1_000_000, 20_000, 5, 600, 1_000);
  static final BenchSize QUICK = new BenchSize(200_000, 4_000, 5, 200, 300);
}
