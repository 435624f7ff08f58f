import { signal } from "@preact/signals";
import { all, api, headers, signedOut } from "../api/client.ts";
import type { Alert, Incident, Summary } from "../api/types.ts";
import { now } from "./now.ts";
import { type LinkState, LiveStream, type ServerEvent } from "./sse.ts";
import { clear, mark, putAlert, putDeviceState, putIncident, takeSnapshot, takeSummary } from "./store.ts";

export const link = signal<LinkState>("connecting");
export const lastHeard = signal(Date.now());
export const serverVersion = signal("");
/** True once the first picture of the district is complete. */
export const ready = signal(false);

let loading: Promise<void> | null = null;

/** Asks for the whole present picture again; calls while one is under way share it. */
export function snapshot(): Promise<void> {
  loading ??= (async () => {
    const since = mark();
    const [firing, open, summary] = await Promise.all([
      all(api.alerts, { state: "firing" }),
      all(api.incidents, { open: true }),
      api.summary(),
    ]);
    takeSnapshot(firing, open, since);
    takeSummary(summary);
    ready.value = true;
  })().finally(() => loading = null);
  return loading;
}

function receive(e: ServerEvent): void {
  const data = JSON.parse(e.data);
  switch (e.name) {
    case "hello":
      serverVersion.value = data.version ?? "";
      break;
    case "alert":
      putAlert(data as Alert);
      break;
    case "incident":
      putIncident(data as Incident);
      break;
    case "device":
      putDeviceState(data.id, data.state);
      break;
    case "summary":
      takeSummary(data as Summary);
      break;
    case "resync":
      retrySnapshot();
      break;
  }
}

function retrySnapshot(): void {
  snapshot().catch(() => setTimeout(retrySnapshot, 2000));
}

let stream: LiveStream | null = null;

/** Somebody else looks now: forget what the former one saw, and see what this one may. */
export function lookAgain(): void {
  clear();
  stream?.again();
  retrySnapshot();
}

/** Connects, then loads the picture; changes that arrive meanwhile are newer and win. */
export function start(): void {
  if (stream) return;
  stream = new LiveStream("/api/v1/stream", {
    event: receive,
    state: (s) => {
      const again = s === "connected" && link.value === "reconnecting";
      link.value = s;
      // A resumed stream brings what was missed; the picture is cheap insurance against a server that restarted.
      if (again) retrySnapshot();
    },
    heard: () => lastHeard.value = Date.now(),
    signedOut: () => signedOut.value = true,
  }, () => headers(false));
  stream.run();
  // The picture does not wait for the live channel: a proxy that breaks streams must not leave the screen empty.
  retrySnapshot();
  setInterval(() => now.value = Date.now(), 1000);
}
