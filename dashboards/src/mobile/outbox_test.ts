import { Refused } from "../api/client.ts";
import { equal } from "../testing.ts";
import { Outbox } from "./outbox.ts";

class Drawer {
  kept = new Map<string, string>();
  getItem(k: string): string | null {
    return this.kept.get(k) ?? null;
  }
  setItem(k: string, v: string): void {
    this.kept.set(k, v);
  }
}

Deno.test("what was done offline is sent in order, once, also after a restart of the page", async () => {
  const drawer = new Drawer();
  let online = false;
  const sent: unknown[] = [];
  const send = (incident: string, body: Record<string, unknown>) => {
    if (!online) return Promise.reject(new TypeError("no network"));
    sent.push([incident, body.command, body.key]);
    return Promise.resolve();
  };
  const first = new Outbox(drawer, send);
  first.add("i1", { command: "accept" }, "k1", 1);
  first.add("i1", { command: "feedback" }, "k2", 2);
  equal(await first.flush(), false);
  online = true;
  const second = new Outbox(drawer, send);
  equal(await second.flush(), true);
  equal(sent, [["i1", "accept", "k1"], ["i1", "feedback", "k2"]]);
  equal(second.entries.value, []);
});

Deno.test("a refusal holds back what was to follow it, and nothing else", async () => {
  const sent: string[] = [];
  const outbox = new Outbox(new Drawer(), (incident, body) => {
    if (body.command === "accept" && incident === "i1") {
      return Promise.reject(new Refused(409, { refusal: "WRONG_STATE" }));
    }
    sent.push(`${incident} ${body.command}`);
    return Promise.resolve();
  });
  outbox.add("i1", { command: "accept" }, "a", 1);
  outbox.add("i1", { command: "feedback" }, "b", 2);
  outbox.add("i2", { command: "accept" }, "c", 3);
  equal(await outbox.flush(), true);
  equal(sent, ["i2 accept"]);
  equal(outbox.entries.value.map((e) => e.refused ?? "waits"), ["WRONG_STATE", "waits"]);
});
