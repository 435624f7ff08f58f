import { anIncident, equal } from "../testing.ts";
import { type Filter, wanted } from "./filter.ts";

const NOTHING: Filter = {
  place: null,
  mine: null,
  overdue: false,
  supervised: false,
  category: "",
  priorities: new Set(),
  text: "",
};

Deno.test("no filter wants every incident", () => equal(wanted(anIncident("i"), NOTHING, "Crowd"), true));

Deno.test("each filter narrows, and all of them together", () => {
  const i = anIncident("i", { priority: "P2", assignee: { id: "li", name: "李" }, number: "20261125-000007" });
  const all: Filter = { ...NOTHING, mine: "li", priorities: new Set(["P1", "P2"]), text: "000007 李" };
  equal(wanted(i, all, ""), true);
  equal(wanted(i, { ...all, mine: "wang" }, ""), false);
  equal(wanted(i, { ...all, priorities: new Set(["P3"]) }, ""), false);
  equal(wanted(i, { ...all, overdue: true }, ""), false);
  equal(wanted(i, { ...all, category: "NONE" }, ""), false);
  equal(wanted(i, { ...all, text: "elsewhere" }, ""), false);
  equal(wanted(i, { ...all, place: "elsewhere" }, ""), false);
});
