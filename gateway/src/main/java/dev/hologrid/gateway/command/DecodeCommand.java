package dev.hologrid.gateway.command;

import dev.hologrid.gateway.decode.DecodeTool;
import dev.hologrid.gateway.decode.Profile;
import dev.hologrid.gateway.decode.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a payload becomes, without a server. */
@Command(
    name = "decode",
    description = "Shows the readings that a payload becomes, one JSON line each.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exits 0 when the payload was read, 1 when it was refused (with the reason).",
      "",
      "  hologrid decode --topic frigate/events event.json",
      "  hologrid decode --profile tuya payload.json",
      "  hologrid decode --profile ./my-vendor.yaml payload.json"
    })
public final class DecodeCommand implements Callable<Integer> {
  @Option(
      names = "--profile",
      paramLabel = "P",
      description = "A profile by name, or a profile's YAML file; without it the topic decides.")
  @Nullable String profile;

  @Option(
      names = "--topic",
      description = "The topic it came in on; a profile has an example of its own.")
  String topic = "";

  @Option(
      names = "--profiles",
      paramLabel = "DIR",
      description = "A folder with profiles of one's own.")
  @Nullable Path folder;

  @Option(names = "--hex", description = "The file holds hexadecimal text, for binary payloads.")
  boolean hex;

  @Option(names = "--list", description = "Lists the profiles and the topics they read.")
  boolean list;

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "The payload; - reads the input.")
  @Nullable Path file;

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    List<Profile> profiles;
    try {
      profiles =
          folder == null ? Profiles.shipped() : Profiles.with(Folders.working().resolve(folder));
      if (list) {
        DecodeTool.builtIn()
            .forEach((name, read) -> System.out.printf(Locale.ROOT, "%-20s %s%n", name, read));
        for (Profile each : profiles) {
          System.out.printf(Locale.ROOT, "%-20s %s%n", each.name(), each.filter());
        }
        return 0;
      }
      return decode(profiles);
    } catch (IllegalArgumentException e) {
      System.err.println("hologrid decode: " + e.getMessage());
      return 65;
    }
  }

  private int decode(List<Profile> profiles) throws IOException {
    if (file == null) {
      throw wrong("give the file with the payload, or - for the input");
    }
    if (profile == null && topic.isEmpty()) {
      throw wrong("give --profile P or --topic T; --list shows the profiles");
    }
    byte[] payload = payload(file);
    List<String> lines = lines(profiles, payload, Clock.systemUTC().millis());
    lines.forEach(System.out::println);
    return lines.stream().anyMatch(each -> each.startsWith("{\"reject\"")) ? 1 : 0;
  }

  private List<String> lines(List<Profile> profiles, byte[] payload, long now) throws IOException {
    if (profile == null) {
      return DecodeTool.decode(profiles, topic, payload, now);
    }
    String example = DecodeTool.builtIn().get(profile);
    return example == null
        ? DecodeTool.decode(find(profiles, profile), topic, payload, now)
        : DecodeTool.decode(profiles, topic.isEmpty() ? example : topic, payload, now);
  }

  private byte[] payload(Path from) throws IOException {
    Path path = Folders.working().resolve(from);
    if (!from.toString().equals("-") && !Files.isReadable(path)) {
      throw wrong(from + " cannot be read");
    }
    byte[] bytes =
        from.toString().equals("-") ? System.in.readAllBytes() : Files.readAllBytes(path);
    if (!hex) {
      return bytes;
    }
    String digits = new String(bytes, java.nio.charset.StandardCharsets.US_ASCII);
    try {
      return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw wrong(from + " is not hexadecimal text: " + e.getMessage());
    }
  }

  private Profile find(List<Profile> profiles, String name) throws IOException {
    for (Profile each : profiles) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    Path path = Folders.working().resolve(name);
    if (!Files.isReadable(path)) {
      throw wrong(
          "'"
              + name
              + "' is no profile and no file; the profiles are "
              + String.join(", ", DecodeTool.builtIn().keySet())
              + ", "
              + String.join(", ", profiles.stream().map(Profile::name).toList()));
    }
    return Profile.parse(Files.readString(path));
  }

  private CommandLine.ParameterException wrong(String message) {
    if (spec == null) {
      throw new IllegalStateException("not started by picocli");
    }
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }
}
