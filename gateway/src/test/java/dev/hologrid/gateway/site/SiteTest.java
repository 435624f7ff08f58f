package dev.hologrid.gateway.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.rules.PlaceLevel;
import dev.hologrid.rules.Reading;
import dev.hologrid.rules.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {
  private static final Shape SMOKE =
      new Shape("smoke", List.of("obscuration"), List.of(Shape.Type.NUMBER));
  private static final Shape STATUS =
      new Shape("smoke", List.of("online"), List.of(Shape.Type.BOOLEAN));

  @TempDir Path folder;
  private Path files;

  @BeforeEach
  void aSmallSite() throws IOException {
    files = Files.createDirectories(folder.resolve("files"));
    write(
        "places.csv",
        """
        code,name,name_en,level,parent,lon,lat,floors
        440605,南海区,Nanhai,district,,113.14,23.03,
        440605001,"桂城, 街道",Guicheng,town,440605,113.15,23.04,
        b1,一号楼,One,building,440605001,113.16,23.05,2
        b2,二号楼,Two,building,440605001,,,
        """);
    write(
        "places.geojson",
        """
        {"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"code":"440605001"},"geometry":{"type":"Polygon",
        "coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]],[[4,4],[6,4],[6,6],[4,6],[4,4]]]}}]}
        """);
    write(
        "devices.csv",
        """
        id,kind,place,lon,lat,labels
        sm-1,smoke,b1-F2,113.16,23.05,room=203;wing=a
        sm-2,smoke,b2,,,
        """);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(files.resolve(name), text);
  }

  private Site site() {
    Site site = new Site(SiteConfig.defaults().from(files), folder.resolve("kept"));
    site.start();
    return site;
  }

  private static Reading reading(String device, long time, double value) {
    return new Reading(device, SMOKE, time, time, 1, 0, new double[] {value}, null);
  }

  private static Reading status(String device, long time, boolean online) {
    return new Reading(device, STATUS, time, time, 1, 0, new double[] {online ? 1 : 0}, null);
  }

  @Test
  void the_tree_knows_paths_subtrees_and_what_lies_where() {
    PlaceTree tree = site().places();
    assertThat(tree.pathCodes("b1-F2")).containsExactly("440605", "440605001", "b1", "b1-F2");
    assertThat(tree.contains("440605001", "b1-F1")).isTrue();
    assertThat(tree.contains("b2", "b1-F1")).isFalse();
    assertThat(tree.contains("b1-F1", "b1")).isFalse();
    assertThat(tree.place("440605001").name()).isEqualTo("桂城, 街道");
    assertThat(tree.at(2, 2, PlaceLevel.TOWN).code()).isEqualTo("440605001");
    assertThat(tree.at(5, 5, PlaceLevel.TOWN)).as("in the hole").isNull();
    assertThat(tree.geoJson(PlaceLevel.TOWN).path("features")).hasSize(1);
    assertThat(tree.geoJson(PlaceLevel.BUILDING).at("/features/0/properties/floors").asInt())
        .isEqualTo(2);
  }

  @Test
  void every_problem_is_told_at_once_and_nothing_is_taken_over() throws IOException {
    Site site = site();
    write(
        "places.csv",
        """
        code,name,name_en,level,parent,lon,lat,floors
        a,A,,district,,200,1,
        a,A,,district,,1,1,
        b,B,,twon,a,,,
        c,C,,town,zz,,,
        d,D,,district,c,,,
        e,E,,building,a
        """);
    write("places.geojson", "{\"features\":[\n{\"properties\":{\"code\":\"zz\"}}]}");
    write("devices.csv", "id,kind,place,lon,lat,labels\nsm 1,smoke,,,,\nx,smoke,nowhere,,,a\n");

    List<SiteProblem> problems = site.importFrom(files);

    assertThat(problems)
        .extracting(SiteProblem::toString)
        .anySatisfy(each -> assertThat(each).startsWith("places.csv:2: lon is degrees"))
        .anySatisfy(each -> assertThat(each).startsWith("places.csv:3: a is there already"))
        .anySatisfy(each -> assertThat(each).contains("places.csv:4: level is").contains("twon"))
        .anySatisfy(each -> assertThat(each).startsWith("places.csv:5: the parent zz"))
        .anySatisfy(each -> assertThat(each).contains("places.csv:6: d is a district and cannot"))
        .anySatisfy(each -> assertThat(each).startsWith("places.csv:7: a row has 8 cells"))
        .anySatisfy(each -> assertThat(each).startsWith("places.geojson:2: properties.code"))
        .anySatisfy(each -> assertThat(each).startsWith("devices.csv:2: an id is"))
        .anySatisfy(each -> assertThat(each).startsWith("devices.csv:3: labels are"))
        .anySatisfy(each -> assertThat(each).startsWith("devices.csv:3: the place nowhere"));
    assertThat(site.places().place("b1")).as("the old tree stays").isNotNull();
    assertThat(site.check().word()).isEqualTo("degraded");
  }

  @Test
  void an_export_reads_back_the_same_and_an_import_is_kept_for_the_next_start() throws IOException {
    Site site = site();
    SiteExport.write(site.now(), folder.resolve("out"));
    var again = (SiteImport.Imported.Read) SiteImport.read(folder.resolve("out"));
    assertThat(again.places().all()).isEqualTo(site.places().all());
    assertThat(again.devices()).isEqualTo(site.now().devices());
    assertThat(again.places().at(2, 2, PlaceLevel.TOWN)).isNotNull();

    Site later = new Site(SiteConfig.defaults(), folder.resolve("kept"));
    later.start();
    assertThat(later.places().all()).isEqualTo(site.places().all());
  }

  @Test
  void devices_are_counted_by_place_and_state_and_changes_come_once() {
    Site site = site();
    DeviceRegistry devices = new DeviceRegistry(site, SiteConfig.defaults(), () -> 0);
    List<DeviceView> told = new ArrayList<>();
    devices.onChange(told::addAll);
    devices.provision(site.now());
    assertThat(devices.countIn("440605")).isEqualTo(2);
    assertThat(devices.count(DeviceState.UNKNOWN)).isEqualTo(2);

    devices.accept(status("sm-1", 1_000, true));
    devices.accept(reading("sm-1", 2_000, 0.5));
    devices.accept(reading("sm-1", 1_500, 0.1));
    devices.accept(status("sm-1", 3_000, false));
    devices.accept(reading("stranger", 3_000, 0.2));
    devices.tick(4_000);
    devices.tick(4_500);

    assertThat(told).extracting(DeviceView::id).containsExactly("sm-1", "stranger");
    assertThat(devices.countIn("b1", DeviceState.OFFLINE)).isEqualTo(1);
    assertThat(devices.device("sm-1").values())
        .isEqualTo(Map.of("obscuration", 0.5, "online", false));
    assertThat(devices.device("sm-1").state()).isEqualTo(DeviceState.OFFLINE);
    assertThat(devices.device("stranger").place()).isEmpty();
    assertThat(devices.count(DeviceState.ONLINE)).isEqualTo(1);
    assertThat(devices.total()).isEqualTo(3);
    assertThat(devices.rulesDevices().getFirst().path()).endsWith("b1-F2");
  }

  @Test
  void a_pause_of_ours_makes_no_device_silent_but_silence_among_others_does() {
    Site site = site();
    DeviceRegistry devices = new DeviceRegistry(site, SiteConfig.defaults(), () -> 0);
    devices.provision(site.now());
    devices.accept(reading("sm-1", 1_000, 1));
    devices.accept(reading("sm-2", 2_000, 1));
    devices.tick(10_000_000);
    assertThat(devices.count(DeviceState.ONLINE)).isEqualTo(2);
    devices.accept(reading("sm-2", 10_000_000, 1));
    devices.tick(10_010_000);
    assertThat(devices.device("sm-1").state()).isEqualTo(DeviceState.OFFLINE);
    assertThat(devices.device("sm-2").state()).isEqualTo(DeviceState.ONLINE);
  }

  @Test
  void lists_are_paged_and_filtered() {
    Site site = site();
    DeviceRegistry devices = new DeviceRegistry(site, SiteConfig.defaults(), () -> 0);
    devices.provision(site.now());
    var all = new DeviceRegistry.Filter(null, null, null);
    DeviceRegistry.Page first = devices.list(all, 1, null);
    assertThat(first.devices()).extracting(DeviceView::id).containsExactly("sm-1");
    assertThat(devices.list(all, 1, first.next()).devices().getFirst().id()).isEqualTo("sm-2");
    assertThat(devices.list(all, 1, "sm-2").devices()).isEmpty();
    var inB2 = new DeviceRegistry.Filter("b2", "smoke", null);
    assertThat(devices.list(inB2, 9, null).devices())
        .extracting(DeviceView::id)
        .containsExactly("sm-2");
  }

  @Test
  void unknown_devices_may_be_parked_or_rejected() {
    Site site = site();
    SiteConfig defaults = SiteConfig.defaults();
    for (SiteConfig.UnknownDevices each : SiteConfig.UnknownDevices.values()) {
      DeviceRegistry devices =
          new DeviceRegistry(site, new SiteConfig(null, each, defaults.silentAfter()), () -> 0);
      devices.provision(site.now());
      assertThat(devices.admits("stranger")).isEqualTo(each != SiteConfig.UnknownDevices.REJECT);
      assertThat(devices.judged("stranger")).isEqualTo(each == SiteConfig.UnknownDevices.ACCEPT);
      assertThat(devices.admits("sm-1") && devices.judged("sm-1")).isTrue();
    }
  }
}
