package dev.hologrid.peers;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Readings in the form that belongs to no engine: columns, in order of time. Each device speaks
 * every 10 s within a second; buildings hold ten devices. Some devices turn hot for a while, some
 * report {@code denied} several times in a row and perhaps {@code door_forced} after it, some go
 * offline (in some buildings many at once), some fall silent. The same seed gives the same
 * readings.
 *
 * <p>Times are even milliseconds, so that no reading comes at the very moment at which another
 * engine's timer is due where that would be a matter of taste.
 */
public final class Stream {
  /** First moment, epoch milliseconds UTC. */
  public static final long START = 1_795_000_000_000L;

  public static final int DEVICES_PER_BUILDING = 10;

  /** Indices into {@link #EVENTS}. */
  public static final byte GRANTED = 0;

  public static final byte DENIED = 1;
  public static final byte FORCED = 2;
  public static final List<String> EVENTS = List.of("granted", "denied", "door_forced");

  private static final int CYCLE = 10_000;
  private static final int JITTER = 1_000;
  private static final int SILENCE = 30_000;
  private static final int BETWEEN_EPISODES = 30;

  public final int size;
  public final String[] deviceIds;
  public final String[] buildingIds;
  public final int[] device;
  public final long[] time;

  /** The reading's place among those of its device, from 0. */
  public final int[] nth;

  public final double[] temperature;
  public final byte[] event;
  public final boolean[] online;

  /** What one device is going through. */
  private static final class Mood {
    int hot;
    int denied;
    boolean forced;
    int calm = BETWEEN_EPISODES;
    int offline;
    long next;
    int nth;
  }

  public Stream(int readings, int devices, long seed) {
    size = readings;
    deviceIds = names("D", devices);
    buildingIds = names("B", (devices + DEVICES_PER_BUILDING - 1) / DEVICES_PER_BUILDING);
    device = new int[size];
    time = new long[size];
    nth = new int[size];
    temperature = new double[size];
    event = new byte[size];
    online = new boolean[size];
    fill(new Random(seed), devices);
  }

  private static String[] names(String prefix, int count) {
    String[] names = new String[count];
    Arrays.setAll(names, i -> String.format("%s-%07d", prefix, i));
    return names;
  }

  public int building(int deviceIndex) {
    return deviceIndex / DEVICES_PER_BUILDING;
  }

  public long lastTime() {
    return time[size - 1];
  }

  private void fill(Random random, int devices) {
    Mood[] moods = new Mood[devices];
    for (int d = 0; d < devices; d++) {
      moods[d] = new Mood();
      moods[d].next = START + phase(d) + 2L * random.nextInt(JITTER / 2);
    }
    // One cycle after the other; within a cycle in order of time.
    long[] order = new long[devices];
    int at = 0;
    for (long until = START + CYCLE; at < size; until += CYCLE) {
      int count = 0;
      for (int d = 0; d < devices; d++) {
        if (moods[d].next < until) {
          order[count++] = (moods[d].next - START) << 24 | d;
        }
      }
      Arrays.sort(order, 0, count);
      for (int i = 0; i < count && at < size; i++) {
        int d = (int) (order[i] & 0xff_ffff);
        speak(random, d, moods[d], at++);
      }
    }
  }

  private void speak(Random random, int d, Mood mood, int at) {
    device[at] = d;
    time[at] = mood.next;
    nth[at] = mood.nth++;
    if (mood.hot == 0 && random.nextInt(400) == 0) {
      mood.hot = 1 + random.nextInt(6);
    }
    temperature[at] = (mood.hot > 0 ? 75 : 20) + 2 * random.nextDouble();
    mood.hot = Math.max(0, mood.hot - 1);
    episode(random, mood, at);
    boolean outage = d / DEVICES_PER_BUILDING % 10 == 0 && mood.nth % 16 == 8;
    if (mood.offline == 0 && random.nextInt(outage ? 3 : 600) == 0) {
      mood.offline = 1 + random.nextInt(5);
    }
    online[at] = mood.offline == 0;
    mood.offline = Math.max(0, mood.offline - 1);
    boolean calm = mood.denied == 0 && !mood.forced;
    long slot = (mood.next - START) / CYCLE;
    long cycles = calm && random.nextInt(500) == 0 ? 4 + random.nextInt(6) : 1;
    mood.next = START + (slot + cycles) * CYCLE + phase(d) + 2L * random.nextInt(JITTER / 2);
    if (mood.next - time[at] == SILENCE) {
      mood.next += 2;
    }
  }

  /** When in a cycle a device speaks; the jitter never carries it into the next one. */
  private static long phase(int d) {
    return d * 7_919L % (CYCLE - JITTER) / 2 * 2;
  }

  private void episode(Random random, Mood mood, int at) {
    if (mood.denied == 0
        && !mood.forced
        && ++mood.calm > BETWEEN_EPISODES
        && random.nextInt(60) == 0) {
      mood.denied = 1 + random.nextInt(7);
      mood.forced = random.nextBoolean();
      mood.calm = 0;
    }
    event[at] = GRANTED;
    if (mood.denied > 0) {
      event[at] = DENIED;
      mood.denied--;
    } else if (mood.forced) {
      event[at] = FORCED;
      mood.forced = false;
    }
  }
}
