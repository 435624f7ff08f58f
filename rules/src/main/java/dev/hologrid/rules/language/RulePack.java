package dev.hologrid.rules.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules that come with HoloGrid. */
public final class RulePack {
  private static final List<String> NAMES = List.of("fire.yaml", "access.yaml", "device.yaml");

  private RulePack() {}

  /** The shipped rule files, to be loaded alone or together with others. */
  public static List<RuleFile> files() {
    List<RuleFile> files = new ArrayList<>();
    for (String name : NAMES) {
      files.add(new RuleFile("pack/" + name, text("pack/" + name)));
    }
    return files;
  }

  /**
   * The shipped files with one's own after them; one of these that is named as one of theirs stands
   * in its place, whatever folder it is in.
   */
  public static List<RuleFile> beside(List<RuleFile> own) {
    Set<String> names = own.stream().map(RulePack::plainName).collect(Collectors.toSet());
    List<RuleFile> all = new ArrayList<>(files());
    all.removeIf(each -> names.contains(plainName(each)));
    all.addAll(own);
    return all;
  }

  private static String plainName(RuleFile file) {
    return file.name().substring(file.name().lastIndexOf('/') + 1);
  }

  /** The shipped rules' own tests; each names the rule files that it is of without their folder. */
  public static List<RuleFile> tests() {
    List<RuleFile> files = new ArrayList<>();
    for (String name : NAMES) {
      String test = "pack/" + name.replace(".yaml", "_test.yaml");
      files.add(new RuleFile(test, text(test)));
    }
    return files;
  }

  /** The JSON Schema of rule files, for editors. */
  public static String schema() {
    return text("rules.schema.json");
  }

  /** The JSON Schema of files of rule tests, for editors. */
  public static String testSchema() {
    return text("rule-tests.schema.json");
  }

  private static String text(String name) {
    try (InputStream in = RulePack.class.getResourceAsStream("/dev/hologrid/rules/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
