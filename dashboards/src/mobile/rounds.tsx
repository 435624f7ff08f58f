import { signal } from "@preact/signals";
import { api } from "../api/client.ts";
import type { Patrol, Round } from "../api/types.ts";
import { t } from "../i18n/index.ts";
import { clock } from "../patrols/words.ts";
import { toast } from "../ui/basics.tsx";
import { distanceText, metres, position } from "./position.ts";

const rounds = signal<Round[]>([]);
const patrol = signal<Patrol | null>(null);

/** What is due for this officer, what was missed and may be made up for, and the patrol that lasts. */
export async function refreshRounds(): Promise<void> {
  const [due, missed, walked] = await Promise.all([
    api.rounds({ mine: true, state: "DUE", limit: 20 }),
    api.rounds({ mine: true, state: "MISSED", limit: 20 }),
    api.patrols({ mine: true, limit: 1 }),
  ]);
  rounds.value = [...due.items, ...missed.items.filter((r) => Date.parse(r.makeUpUntil) > Date.now())];
  const last = walked.items[0];
  patrol.value = last && !last.endedAt ? last : null;
}

async function doIt(work: () => Promise<Patrol>): Promise<void> {
  try {
    const after = await work();
    const last = after.checkIns.at(-1);
    if (last) toast(t.value.mobile.verdict[last.verdict] ?? last.verdict, !last.valid);
    await refreshRounds();
  } catch (e) {
    toast((e as Error).message, true);
  }
}

function checkIn(id: string): void {
  const p = position.value;
  if (!p) {
    toast(t.value.mobile.noFix, true);
    return;
  }
  doIt(() => api.checkIn(id, { lon: p.lon, lat: p.lat, accuracyM: Math.round(p.accuracy) }));
}

/** A point that was not visited, and how far it is from here. */
function away(m: Round["missing"][number]): string {
  const here = position.value;
  if (!here || m.lat === null || m.lon === null) return m.name;
  return `${m.name} (${distanceText(metres(here, { lat: m.lat, lon: m.lon }))})`;
}

function Card({ round: r, free }: { round: Round; free: boolean }) {
  const words = t.value.mobile;
  const missed = r.state === "MISSED";
  return (
    <article class="job" data-round={r.id} data-state={r.state}>
      <h3>{r.name}</h3>
      <p class="muted">
        {r.gridName} · {missed ? words.makeUpUntil(clock(r.makeUpUntil)) : words.until(clock(r.closesAt))}
      </p>
      <p>{words.visitedOf(r.visited, r.points)}</p>
      {r.missing.length > 0 && <p class="muted" data-missing>{r.missing.map(away).join(", ")}</p>}
      {free && (
        <div class="buttons">
          <button type="button" class="button primary" data-do="begin" onClick={() => doIt(() => api.beginPatrol(r.plan))}>
            {missed ? words.makeUp : words.begin}
          </button>
        </div>
      )}
    </article>
  );
}

/** The rounds that are due today or were missed: begin, check in at each point, end. */
export function RoundsToday() {
  const words = t.value.mobile;
  const walking = patrol.value;
  const due = new Set(rounds.value.filter((r) => r.state === "DUE").map((r) => r.plan));
  if (!rounds.value.length && !walking) return null;
  return (
    <section class="rounds">
      <h2>{words.rounds}</h2>
      {rounds.value.map((r) => <Card key={r.id} round={r} free={!walking && (r.state === "DUE" || !due.has(r.plan))} />)}
      {walking && (
        <div class="buttons" data-patrol={walking.id}>
          <button type="button" class="button primary" data-do="here" onClick={() => checkIn(walking.id)}>{words.here}</button>
          <button type="button" class="button" data-do="end" onClick={() => doIt(() => api.endPatrol(walking.id))}>{words.end}</button>
        </div>
      )}
    </section>
  );
}
