import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { signal } from "@preact/signals";
import { actor, api, signedOut } from "./api/client.ts";
import type { Incident } from "./api/types.ts";
import { loadSession, me, people, session } from "./app/session.ts";
import { SignIn } from "./app/signin.tsx";
import { LanguageSwitch } from "./app/language.tsx";
import { t, word } from "./i18n/index.ts";
import { now } from "./live/now.ts";
import { browserOutbox } from "./mobile/outbox.ts";
import { Job } from "./mobile/job.tsx";
import { metres, position, watchPosition } from "./mobile/position.ts";
import { refreshRounds, RoundsToday } from "./mobile/rounds.tsx";
import { Toasts } from "./ui/basics.tsx";

const outbox = browserOutbox();
const jobs = signal<Incident[]>(keptJobs());
const online = signal(true);
/** Where the place of an incident is; asked once per place. */
const spots = signal<Map<string, { lat: number; lon: number }>>(new Map());
const REFRESH_MS = 5000;

/** The list survives a reload without a network. */
function keptJobs(): Incident[] {
  try {
    return JSON.parse(localStorage.getItem("hologrid.jobs") ?? "[]");
  } catch {
    return [];
  }
}

async function refresh(): Promise<void> {
  if (!me.value) return;
  try {
    await outbox.flush();
    const page = await api.incidents({ mine: true, open: true, limit: 100 });
    jobs.value = page.items;
    localStorage.setItem("hologrid.jobs", JSON.stringify(page.items));
    online.value = true;
    for (const i of page.items) locate(i);
    if (me.value?.roles.includes("officer")) await refreshRounds();
  } catch {
    online.value = false;
  }
}

function locate(i: Incident): void {
  const place = i.place;
  if (!place || spots.value.has(place)) return;
  api.devices({ place, limit: 1 }).then(({ items: [d] }) => {
    if (d?.lat && d.lon) spots.value = new Map(spots.value).set(place, { lat: d.lat, lon: d.lon });
  }, () => {});
}

function distance(i: Incident): number | undefined {
  const spot = i.place ? spots.value.get(i.place) : undefined;
  return spot && position.value ? metres(position.value, spot) : undefined;
}

function WhoAmI() {
  const words = t.value;
  if (session.value?.mode !== "open") return null;
  const officers = people.value.filter((p) => p.roles.some((r) => r === "officer" || r === "handler"));
  return (
    <select
      class="who-am-i"
      aria-label={words.mobile.who}
      value={actor.value ?? ""}
      onChange={(e) => {
        actor.value = e.currentTarget.value || null;
        jobs.value = [];
        refresh();
      }}
    >
      <option value="">{words.mobile.who}</option>
      {officers.map((p) => (
        <option key={p.id} value={p.id}>{p.name} · {p.roles.map((r) => word(words.role, r)).join("/")}</option>
      ))}
    </select>
  );
}

function Outgoing() {
  const words = t.value;
  const entries = outbox.entries.value;
  const refused = entries.filter((e) => e.refused);
  return (
    <>
      {!online.value && <p class="notice" role="status">{words.mobile.offline}</p>}
      {entries.length > refused.length && (
        <p class="notice" role="status" data-outbox={entries.length}>{words.mobile.queued(entries.length - refused.length)}</p>
      )}
      {refused.map((e) => (
        <div class="notice" role="alert" key={e.key}>
          {words.mobile.refused}: {word(words.command, String(e.body.command))} — {word(words.refusal, e.refused)}
          <button type="button" class="button" onClick={() => outbox.drop(e.key)}>{words.mobile.drop}</button>
        </div>
      ))}
    </>
  );
}

function Officer() {
  const [byDistance, setByDistance] = useState(false);
  const [known, setKnown] = useState(false);
  const begin = () => {
    loadSession().then(() => {
      setKnown(true);
      refresh();
    }, () => {
      online.value = false;
      setTimeout(begin, 3000);
    });
  };
  useEffect(() => {
    begin();
    watchPosition();
    const timers = [setInterval(refresh, REFRESH_MS), setInterval(() => now.value = Date.now(), 1000)];
    globalThis.addEventListener("online", refresh);
    return () => timers.forEach(clearInterval);
  }, []);
  if (known && signedOut.value) return <SignIn done={refresh} />;
  const words = t.value.mobile;
  const sorted = [...jobs.value].sort((a, b) =>
    (byDistance ? (distance(a) ?? Infinity) - (distance(b) ?? Infinity) || 0 : 0) || a.priority.localeCompare(b.priority) ||
    (a.due?.at ?? "9").localeCompare(b.due?.at ?? "9")
  );
  return (
    <div class="phone">
      <header>
        <h1>{words.title}</h1>
        <LanguageSwitch />
        <WhoAmI />
      </header>
      <main>
        <Outgoing />
        <RoundsToday />
        <div class="chips">
          <button type="button" class="chip" aria-pressed={!byDistance} onClick={() => setByDistance(false)}>
            {words.byPriority}
          </button>
          <button type="button" class="chip" aria-pressed={byDistance} onClick={() => setByDistance(true)}>
            {words.byDistance}
          </button>
          {!position.value && <span class="muted">{words.positionOff}</span>}
        </div>
        {sorted.map((i) => <Job key={i.id} incident={i} metres={distance(i)} outbox={outbox} sent={refresh} />)}
        {!sorted.length && <p class="empty">{words.none}</p>}
      </main>
      <Toasts />
    </div>
  );
}

document.title = `${t.value.product} · ${t.value.mobile.title}`;
if ("serviceWorker" in navigator && isSecureContext) navigator.serviceWorker.register("/officer.js").catch(() => {});
render(<Officer />, document.getElementById("app")!);
