import type { Feature } from "../api/types.ts";
import { equal } from "../testing.ts";
import { centroid, contains, toShape } from "./geometry.ts";
import { fit, levelAt, toWorld, zoomAt } from "./view.ts";

const square: Feature = {
  type: "Feature",
  geometry: { type: "Polygon", coordinates: [[[113, 23], [113.01, 23], [113.01, 23.01], [113, 23.01], [113, 23]]] },
  properties: { code: "g", name: "g", level: "grid", parent: "c" },
};

Deno.test("north is up, and a degree is what it is at this latitude", () => {
  const s = toShape(square, { lon: 113, lat: 23 })!;
  equal(s.box.map(Math.round), [0, -1113, 1025, 0]);
  equal(s.level, "GRID");
});

Deno.test("a point is found in its area only", () => {
  const s = toShape(square, { lon: 113, lat: 23 })!;
  equal([contains(s, 500, -500), contains(s, 500, 500), contains(s, -1, -1)], [true, false, false]);
});

Deno.test("a place without an outline is drawn as a small square around its point", () => {
  const s = toShape({ ...square, geometry: { type: "Point", coordinates: [113, 23] } }, { lon: 113, lat: 23 })!;
  equal(s.box.map(Math.round), [-9, -10, 9, 10]);
});

Deno.test("the centre of a line is its middle", () => equal(centroid([[0, 0], [10, 0]]), [5, 0]));

Deno.test("zooming keeps the point under the cursor", () => {
  const before = fit([0, 0, 1000, 500], 800, 600);
  const point = toWorld(before, 200, 450, 800, 600);
  const after = zoomAt(before, 2, 200, 450, 800, 600);
  equal(toWorld(after, 200, 450, 800, 600).map(Math.round), point.map(Math.round));
});

Deno.test("the closer, the finer", () => equal([0.02, 0.1, 1].map(levelAt), ["COMMUNITY", "GRID", "BUILDING"]));
