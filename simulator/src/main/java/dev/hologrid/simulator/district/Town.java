package dev.hologrid.simulator.district;

import dev.hologrid.simulator.site.Position;
import java.util.List;

/**
 * A town of Nanhai by its real name and code; seat and area are approximate, since the map that
 * grows from them is schematic.
 */
record Town(
    String code, String name, String nameEn, Position seat, double squareKm, int communities) {
  static final String DISTRICT_CODE = "440605";

  static final List<Town> NANHAI =
      List.of(
          new Town("440605011", "桂城街道", "Guicheng", new Position(113.150, 23.030), 84.2, 45),
          new Town("440605121", "九江镇", "Jiujiang", new Position(113.000, 22.840), 94.8, 31),
          new Town("440605122", "西樵镇", "Xiqiao", new Position(112.960, 22.940), 176.6, 35),
          new Town("440605123", "丹灶镇", "Danzao", new Position(112.910, 23.050), 143.5, 30),
          new Town("440605124", "狮山镇", "Shishan", new Position(113.010, 23.140), 330.6, 84),
          new Town("440605125", "大沥镇", "Dali", new Position(113.110, 23.110), 95.9, 43),
          new Town("440605126", "里水镇", "Lishui", new Position(113.150, 23.210), 148.4, 39));

  /** 桂城 of 桂城街道, 九江 of 九江镇. */
  String shortName() {
    return name.substring(0, 2);
  }
}
