import { equal } from "../testing.ts";
import { visibleRange } from "./windowed.tsx";

Deno.test("only the rows in sight, with some around them", () => {
  equal(visibleRange(5000, 40, 0, 400), [0, 22]);
  equal(visibleRange(5000, 40, 40_000, 400), [988, 1022]);
  equal(visibleRange(10, 40, 0, 400), [0, 10]);
});
