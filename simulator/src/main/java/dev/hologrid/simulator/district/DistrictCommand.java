package dev.hologrid.simulator.district;

import dev.hologrid.simulator.site.Site;
import dev.hologrid.simulator.site.SiteWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the site files of a schematic Nanhai. */
@Command(
    name = "district",
    description =
        "Makes a schematic Nanhai district: places, outlines, devices and people as site files.",
    mixinStandardHelpOptions = true)
public final class DistrictCommand implements Callable<Integer> {
  @Option(names = "--out", required = true, description = "The folder for the site files.")
  Path out = Path.of("site");

  @Option(
      names = "--scale",
      defaultValue = "demo",
      description =
          "demo (about 70 communities), full (307), or the share of communities as a number"
              + " (default: ${DEFAULT-VALUE}).")
  String scale = "demo";

  @Option(
      names = "--seed",
      defaultValue = "440605",
      description = "The same seed gives the same files (default: ${DEFAULT-VALUE}).")
  long seed;

  @Override
  public Integer call() throws Exception {
    Site site = DistrictGenerator.generate(DistrictPlan.of(scale, seed));
    SiteWriter.write(site, out);
    System.out.printf(
        "{\"folder\":\"%s\",\"places\":%d,\"devices\":%d,\"people\":%d}%n",
        out.toString().replace("\\", "\\\\").replace("\"", "\\\""),
        site.places().size(),
        site.devices().size(),
        site.people().size());
    return 0;
  }
}
