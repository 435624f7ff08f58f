import { anAlert, equal } from "../testing.ts";
import { groupByBuilding, matches } from "./grouping.ts";

const path = [{ code: "b1", name: "3栋", level: "BUILDING" }, { code: "f", name: "2层", level: "FLOOR" }];

Deno.test("alerts of one building stand together under its worst", () => {
  const groups = groupByBuilding([
    anAlert("1", { severity: "major", placePath: path }),
    anAlert("2", { placePath: [{ code: "b2", name: "4栋", level: "BUILDING" }] }),
    anAlert("3", { severity: "critical", placePath: path }),
  ]);
  equal(groups.map((g) => [g.name, g.worst, g.alerts.length]), [["3栋", "critical", 2], ["4栋", "major", 1]]);
});

Deno.test("every word of a search must be there", () => {
  const a = anAlert("1", { placePath: path, subject: "sm-17" });
  equal([matches(a, "3栋 SM-17", "烟感报警"), matches(a, "3栋 sm-18", ""), matches(a, "烟感", "烟感报警")], [true, false, true]);
});
