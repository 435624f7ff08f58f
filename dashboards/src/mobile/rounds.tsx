import { signal } from "@preact/signals";
import { api } from "../api/client.ts";
import type { Patrol, Round } from "../api/types.ts";
import { t } from "../i18n/index.ts";
import { clock } from "../patrols/words.ts";
import { toast } from "../ui/basics.tsx";
import { position } from "./position.ts";

const rounds = signal<Round[]>([]);
const patrol = signal<Patrol | null>(null);

/** What is due for this officer, and the patrol that lasts. */
export async function refreshRounds(): Promise<void> {
  const [due, walked] = await Promise.all([
    api.rounds({ mine: true, state: "DUE", limit: 20 }),
    api.patrols({ mine: true, limit: 1 }),
  ]);
  rounds.value = due.items;
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

/** The rounds that are due today: begin, check in at each point, end. */
export function RoundsToday() {
  const words = t.value.mobile;
  const walking = patrol.value;
  if (!rounds.value.length && !walking) return null;
  return (
    <section class="rounds">
      <h2>{words.rounds}</h2>
      {rounds.value.map((r) => (
        <article class="job" key={r.id} data-round={r.id}>
          <h3>{r.name}</h3>
          <p class="muted">{r.gridName} · {words.until(clock(r.closesAt))}</p>
          <p>{words.visitedOf(r.visited, r.points)}</p>
          {r.missing.length > 0 && <p class="muted">{r.missing.map((m) => m.name).join(", ")}</p>}
          {!walking && (
            <div class="buttons">
              <button type="button" class="button primary" onClick={() => doIt(() => api.beginPatrol(r.plan))}>
                {words.begin}
              </button>
            </div>
          )}
        </article>
      ))}
      {walking && (
        <div class="buttons">
          <button type="button" class="button primary" onClick={() => checkIn(walking.id)}>{words.here}</button>
          <button type="button" class="button" onClick={() => doIt(() => api.endPatrol(walking.id))}>{words.end}</button>
        </div>
      )}
    </section>
  );
}
