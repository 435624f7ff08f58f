import { LiveStream, SseParser } from "./sse.ts";
import { equal } from "../testing.ts";

Deno.test("events are cut where blank lines are, however the bytes arrive", () => {
  const parser = new SseParser();
  equal(parser.push("event: hello\nid: 7\nda"), []);
  equal(parser.push('ta: {"seq":7}\n\n: heartbeat\n\nevent: alert\r\ndata: a\r\ndata: b\r\n\r\n'), [
    { name: "hello", data: '{"seq":7}', id: "7" },
    { name: "alert", data: "a\nb", id: "7" },
  ]);
});

Deno.test("an event without data is nothing, and one without a name is a message", () => {
  const parser = new SseParser();
  equal(parser.push("event: ping\n\ndata: x\n\n"), [{ name: "message", data: "x", id: null }]);
});

Deno.test("after a drop the stream asks to go on where it was", async () => {
  const asked: (string | null)[] = [];
  const seen: string[] = [];
  const bodies = ["id: 41\ndata: one\n\n", "id: 42\ndata: two\n\n"];
  const fetcher = ((_url: string, init: RequestInit) => {
    asked.push(new Headers(init.headers).get("Last-Event-ID"));
    return Promise.resolve(new Response(bodies[asked.length - 1]));
  }) as unknown as typeof fetch;
  const states: string[] = [];
  const stream: LiveStream = new LiveStream("/s", {
    event: (e) => {
      seen.push(e.data);
      if (seen.length === 2) stream.stop();
    },
    state: (s) => states.push(s),
    heard: () => {},
  }, () => ({}), fetcher);
  await stream.run();
  equal(asked, [null, "41"]);
  equal(seen, ["one", "two"]);
  equal(states, ["connecting", "connected", "reconnecting", "connected"]);
});

Deno.test("who was signed out meanwhile is told", async () => {
  let told = 0;
  const fetcher = (() => Promise.resolve(new Response("", { status: 401 }))) as unknown as typeof fetch;
  const stream: LiveStream = new LiveStream("/s", {
    event: () => {},
    state: () => {},
    heard: () => {},
    signedOut: () => {
      told++;
      stream.stop();
    },
  }, () => ({}), fetcher);
  await stream.run();
  equal(told, 1);
});
