import { equal } from "../testing.ts";
import { ancestors, buildingOf, liesIn, pathText, sharedStart, shortName, withNames } from "./places.ts";

Deno.test("a code alone tells the places around it", () => {
  equal(ancestors("440605011001001-00012-F3", undefined), [
    "440605",
    "440605011",
    "440605011001",
    "440605011001001",
    "440605011001001-00012",
    "440605011001001-00012-F3",
  ]);
  equal(ancestors(null, []), []);
});

Deno.test("the path wins over the code, which may be anything", () => {
  const path = [{ code: "d", name: "区", level: "DISTRICT" }, { code: "b", name: "3栋", level: "BUILDING" }, {
    code: "f",
    name: "2层",
    level: "FLOOR",
  }];
  equal(ancestors("f", path), ["d", "b", "f"]);
  equal(buildingOf("f", path)?.code, "b");
  equal(pathText(path), "3栋 · 2层");
  equal([liesIn("f", path, "b"), liesIn("f", path, "x"), liesIn("f", path, null)], [true, false, true]);
});

Deno.test("a name does not repeat the name of the place around it", () => {
  equal(shortName("平洲社区第03网格", "平洲社区"), "第03网格");
  equal([shortName("平洲社区", "平洲社区"), shortName("3栋", undefined)], ["平洲社区", "3栋"]);
});

Deno.test("a sentence names the places whose codes it has", () => {
  const path = [{ code: "b-1", name: "3栋", level: "BUILDING" }, { code: "b-1-F2", name: "3栋2层", level: "FLOOR" }];
  equal(withNames("Smoke at sm-1, b-1-F2 of b-1", path), "Smoke at sm-1, 3栋2层 of 3栋");
});

Deno.test("neighbours share the start of their names", () => {
  equal(sharedStart(["Guicheng community 01 grid 01", "Guicheng community 01 grid 02"]), "Guicheng community 01 grid ");
  equal([sharedStart(["Dali", "Danzao"]), sharedStart(["Dali"])], ["", ""]);
});
