package dev.hologrid.gateway.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The profiles that ship, and those of a folder. */
public final class Profiles {
  private static final List<String> SHIPPED =
      List.of(
          "chirpstack",
          "chirpstack-status",
          "the-things-stack",
          "onvif",
          "onvif-status",
          "hikvision",
          "hikvision-alarm",
          "dahua",
          "tuya");

  private Profiles() {}

  public static List<Profile> shipped() {
    return SHIPPED.stream().map(Profiles::shipped).toList();
  }

  /**
   * Those of a folder, then those that ship: a profile of one's own comes first for its topics.
   *
   * @throws IllegalArgumentException that names each file that is wrong, and why
   */
  public static List<Profile> with(Path folder) throws IOException {
    List<Profile> all = new ArrayList<>(in(folder));
    all.addAll(shipped());
    return List.copyOf(all);
  }

  private static Profile shipped(String name) {
    try (InputStream in = Profiles.class.getResourceAsStream("profiles/" + name + ".yaml")) {
      if (in == null) {
        throw new IllegalStateException("the profile " + name + " is not in this program");
      }
      return Profile.parse(new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads every {@code *.yaml} of a folder; none when it does not exist.
   *
   * @throws IllegalArgumentException that names each file that is wrong, and why
   */
  public static List<Profile> in(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Profile> found = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        try {
          Profile read = Profile.parse(Files.readString(each));
          found.stream()
              .filter(other -> other.name().equals(read.name()))
              .findFirst()
              .ifPresent(
                  other -> problems.add(each + ": a profile '" + read.name() + "' is there twice"));
          found.add(read);
        } catch (IllegalArgumentException e) {
          problems.add(each + ": " + e.getMessage());
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return found;
  }
}
