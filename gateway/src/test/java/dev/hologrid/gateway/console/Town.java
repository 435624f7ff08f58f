package dev.hologrid.gateway.console;

import dev.hologrid.gateway.testing.RunningGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A small town with two buildings and its people, as site files, and a gateway for it. */
final class Town {
  static final String SCRIPT = "<script>document.title='taken'</script>";
  static final String IMAGE = "<img src=x onerror=alert(1)> \"it's\" & co";
  static final String BACKWARDS = "مبنى \u202Eesrever 三号楼";

  private Town() {}

  static RunningGateway gateway(Path data, Map<String, String> more) throws IOException {
    return RunningGateway.in(data, settings(data, more));
  }

  static Map<String, String> settings(Path data, Map<String, String> more) throws IOException {
    Map<String, String> all = new HashMap<>(Map.of("site.files", files(data).toString()));
    all.putAll(more);
    return all;
  }

  private static Path files(Path data) throws IOException {
    Path folder = Files.createDirectories(data.resolve("town"));
    Files.writeString(
        folder.resolve("places.csv"),
        """
        code,name,name_en,level,parent,lon,lat,floors
        440605,南海区,Nanhai,district,,113.150000,23.050000,
        440605011,桂城街道,Guicheng,town,440605,113.150000,23.050000,
        440605011001,平洲社区,Pingzhou,community,440605011,113.150000,23.050000,
        440605011001001,第一网格,Grid one,grid,440605011001,113.145000,23.050000,
        440605011001002,第二网格,Grid two,grid,440605011001,113.155000,23.050000,
        b-1,一号楼,Building one,building,440605011001001,113.145000,23.050000,6
        b-2,%s,%s,building,440605011001002,113.155000,23.051000,6
        b-3,%s,%s,building,440605011001002,113.155000,23.049000,6
        """
            .formatted(quoted(SCRIPT), quoted(IMAGE), quoted(BACKWARDS), quoted(BACKWARDS)));
    Files.writeString(folder.resolve("places.geojson"), shapes());
    Files.writeString(
        folder.resolve("devices.csv"),
        """
        id,kind,place,lon,lat,labels
        sm-1,smoke,b-1,113.145000,23.050000,
        sm-2,smoke,b-2,113.155000,23.051000,
        cam-1,camera,b-3,113.155000,23.049000,
        cam-2,camera,b-1,113.145000,23.050000,
        door-1,access,b-1,113.145010,23.050010,
        """);
    Files.writeString(
        folder.resolve("people.csv"),
        """
        id,name,roles,scope,phone
        chief,陈主任,dispatcher,440605,1
        li,李网格员,officer,440605011001001,2
        wang,<b>Wang</b>,officer,440605011001002,3
        fire,消防处置员,handler,440605,4
        watch,督办员,supervisor,440605,
        """);
    return folder;
  }

  private static String quoted(String cell) {
    return '"' + cell.replace("\"", "\"\"") + '"';
  }

  private static String shapes() {
    return "{\"type\":\"FeatureCollection\",\"features\":["
        + String.join(
            ",",
            box("440605", "南海区", "district", "", 113.14, 23.04, 0.02),
            box("440605011", "桂城街道", "town", "440605", 113.14, 23.04, 0.02),
            box("440605011001", "平洲社区", "community", "440605011", 113.14, 23.04, 0.02),
            half("440605011001001", "第一网格", 113.14),
            half("440605011001002", "第二网格", 113.15),
            box("b-1", "一号楼", "building", "440605011001001", 113.1445, 23.0495, 0.001),
            box("b-2", "b-2", "building", "440605011001002", 113.1545, 23.0505, 0.001),
            box("b-3", "b-3", "building", "440605011001002", 113.1545, 23.0485, 0.001))
        + "]}";
  }

  private static String half(String code, String name, double west) {
    return shape(code, name, "grid", "440605011001", ring(west, 23.04, 0.01, 0.02));
  }

  private static String box(
      String code, String name, String level, String parent, double west, double south, double d) {
    return shape(code, name, level, parent, ring(west, south, d, d));
  }

  private static String ring(double west, double south, double width, double height) {
    return "[[%1$f,%2$f],[%3$f,%2$f],[%3$f,%4$f],[%1$f,%4$f],[%1$f,%2$f]]"
        .formatted(west, south, west + width, south + height);
  }

  private static String shape(
      String code, String name, String level, String parent, String outline) {
    return """
    {"type":"Feature","properties":{"code":"%s","name":"%s","level":"%s","parent":"%s",\
    "floors":6,"height":20},"geometry":{"type":"Polygon","coordinates":[%s]}}\
    """
        .formatted(code, name, level, parent, outline);
  }
}
