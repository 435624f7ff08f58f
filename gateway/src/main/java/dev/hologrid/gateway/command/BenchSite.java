package dev.hologrid.gateway.command;

import dev.hologrid.gateway.Gateway;
import dev.hologrid.gateway.GatewayConfig;
import dev.hologrid.gateway.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;

/** One town of 41 communities with 7 buildings each: a seventh of Nanhai's 286 communities. */
final class BenchSite {
  static final String TOWN = "440605011";
  static final int COMMUNITIES = 41;
  static final int BUILDINGS = 7;

  private BenchSite() {}

  static String building(int number) {
    int community = number / BUILDINGS % COMMUNITIES;
    return grid(community) + String.format(Locale.ROOT, "-%05d", number % BUILDINGS + 1);
  }

  private static String grid(int community) {
    return TOWN + String.format(Locale.ROOT, "%03d001", community + 1);
  }

  /** Writes the site's files, with so many smoke detectors spread over the buildings. */
  static void write(Path folder, int detectors) throws IOException {
    Files.createDirectories(folder);
    StringBuilder places =
        new StringBuilder("code,name,name_en,level,parent,lon,lat,floors\n")
            .append("440605,南海区,Nanhai,district,,113.14,23.03,\n")
            .append(TOWN)
            .append(",桂城街道,Guicheng,town,440605,113.15,23.04,\n");
    StringBuilder people = new StringBuilder("id,name,roles,scope,phone\n");
    people.append("desk,值班,dispatcher;supervisor;admin,440605,1\n");
    for (int c = 0; c < COMMUNITIES; c++) {
      String grid = grid(c);
      String community = grid.substring(0, 12);
      places.append(community).append(",社区,C,community,").append(TOWN).append(",113.1,23.0,\n");
      places.append(grid).append(",网格,G,grid,").append(community).append(",113.1,23.0,\n");
      people.append("officer-").append(c).append(",网格员,officer,").append(grid).append(",1\n");
      for (int b = 0; b < BUILDINGS; b++) {
        places
            .append(building(c * BUILDINGS + b))
            .append(",楼,B,building,")
            .append(grid)
            .append(",113.1,23.0,9\n");
      }
    }
    StringBuilder devices = new StringBuilder("id,kind,place,lon,lat,labels\n");
    for (int i = 0; i < detectors; i++) {
      devices
          .append("sm-")
          .append(i)
          .append(",smoke,")
          .append(building(i))
          .append(",113.1,23.0,\n");
    }
    Files.writeString(folder.resolve("places.csv"), places);
    Files.writeString(folder.resolve("devices.csv"), devices);
    Files.writeString(folder.resolve("people.csv"), people);
  }

  /** On SQLite in the data folder. */
  static Gateway start(Path data, Path site) {
    return start(settings(data, site));
  }

  static Gateway start(Path data, Path site, BenchDatabase database) {
    return start(
        settings(data, site)
            .with("incidents.url", database.url())
            .with("incidents.user", database.user()));
  }

  private static Gateway start(Settings settings) {
    return Gateway.start(GatewayConfig.read(settings), Clock.systemUTC());
  }

  private static Settings settings(Path data, Path site) {
    return Settings.none(Map.of())
        .with("data", data)
        .with("site.files", site)
        .with("http.port", 0)
        .with("mqtt.port", 0)
        .with("http.mode", "open")
        .with("archive.kind", "none");
  }
}
