import { equal } from "../testing.ts";
import { href, parse } from "./route.ts";

Deno.test("a link leads back to what it was made from", () => {
  const r = parse(href({ page: "incidents", alert: "smoke/sm-1/7", place: "440605" }));
  equal(r, { page: "incidents", alert: "smoke/sm-1/7", incident: null, device: null, place: "440605" });
});

Deno.test("an unknown page is the overview", () => equal(parse("#/nowhere").page, "overview"));
