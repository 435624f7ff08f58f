package dev.hologrid.gateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Inputs of the fuzz tests: what was found once, and seeds. See src/fuzz. */
public final class Corpus {
  private Corpus() {}

  /** The files of {@code src/fuzz/corpus/NAME}. */
  public static List<byte[]> of(String name) {
    Path folder =
        Path.of(System.getProperty("hologrid.root", ".."))
            .resolve("gateway/src/fuzz/corpus")
            .resolve(name);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().map(Corpus::bytes).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A seed and so many damaged copies of it, the same in each run. */
  public static Stream<byte[]> damaged(byte[] seed, int copies) {
    Random random = new Random(Arrays.hashCode(seed));
    return Stream.concat(
        Stream.of(seed), IntStream.range(0, copies).mapToObj(i -> damaged(seed, random)));
  }

  private static byte[] damaged(byte[] seed, Random random) {
    byte[] out = Arrays.copyOf(seed, Math.max(1, seed.length + random.nextInt(9) - 4));
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(out.length);
      switch (random.nextInt(4)) {
        case 0 -> out[at] = (byte) random.nextInt(256);
        case 1 -> out[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> {
          int length = Math.min(out.length - at, random.nextInt(16));
          System.arraycopy(out, random.nextInt(out.length - length + 1), out, at, length);
        }
        default -> out = Arrays.copyOf(out, at + 1);
      }
    }
    return out;
  }
}
