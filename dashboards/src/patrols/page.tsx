import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { api } from "../api/client.ts";
import type { PatrolCounts, Round, RoundState, Schedule } from "../api/types.ts";
import { PlaceFilter } from "../app/placefilter.tsx";
import { href, route } from "../app/route.ts";
import { number, share, t } from "../i18n/index.ts";
import { Chip, Empty, Failed, toast } from "../ui/basics.tsx";
import { usePolled } from "../ui/polled.ts";
import { clock, days } from "./words.ts";

const REFRESH_MS = 10_000;
const TABS = ["rounds", "figures", "schedules"] as const;
const STATES: RoundState[] = ["DUE", "MISSED", "DONE", "LATE", "EXCUSED"];
const GROUPS = ["grid", "officer", "town", "day"] as const;
const tab = signal<typeof TABS[number]>("rounds");
const state = signal<RoundState | null>(null);
const by = signal<typeof GROUPS[number]>("grid");

/** Takes a round out of the figures, which wants a reason. */
function Excuse({ round, again }: { round: Round; again: () => void }) {
  const words = t.value.patrols;
  const [reason, setReason] = useState<string | null>(null);
  if (reason === null) {
    return <button type="button" class="button small" onClick={() => setReason("")}>{words.excuse}</button>;
  }
  const send = async (e: Event) => {
    e.preventDefault();
    try {
      await api.commandRound(round.id, { command: "excuse", reason });
      again();
    } catch (e) {
      toast((e as Error).message, true);
    }
  };
  return (
    <form onSubmit={send}>
      <input
        required
        aria-label={words.excuseWhy}
        placeholder={words.excuseWhy}
        value={reason}
        onInput={(e) => setReason(e.currentTarget.value)}
      />
      <button type="submit" class="button small">{words.excuse}</button>
    </form>
  );
}

function RoundRow({ round: r, again }: { round: Round; again: () => void }) {
  const words = t.value.patrols;
  return (
    <tr data-round={r.id} data-state={r.state}>
      <td>{r.day}</td>
      <td>{r.name}</td>
      <td><a href={href({ page: "overview", place: r.grid })}>{r.gridName}</a></td>
      <td>{r.officer?.name ?? <b class="reason">{words.nobody}</b>}</td>
      <td>{clock(r.opensAt)} – {clock(r.closesAt)}</td>
      <td><span class={`state r-${r.state}`}>{words.state[r.state]}</span></td>
      <td class="n">{r.visited} / {r.points}</td>
      <td>
        {r.excuse ?? r.missing.map((m) => m.name).join(", ")}
        {r.notified.length > 0 && (
          <small class="muted">{words.notified}: {r.notified.map((p) => p.name).join(", ")}</small>
        )}
      </td>
      <td>
        {(r.state === "DUE" || r.state === "MISSED") && <Excuse round={r} again={again} />}
      </td>
    </tr>
  );
}

const looks = signal(0);

/** What is due, and what was missed. */
function Rounds() {
  const words = t.value.patrols;
  const place = route.value.place;
  const { value, error } = usePolled(
    () => api.rounds({ place, state: state.value, limit: 200 }),
    REFRESH_MS,
    [place, state.value, looks.value],
  );
  const again = () => looks.value++;
  return (
    <>
      <div class="chips" role="group" aria-label={words.title}>
        <Chip on={!state.value} onToggle={() => state.value = null}>{words.all}</Chip>
        {STATES.map((s) => (
          <Chip key={s} on={state.value === s} onToggle={() => state.value = s}>{words.state[s]}</Chip>
        ))}
      </div>
      {error && <Failed error={error} retry={again} />}
      {!error && !value?.items.length && <Empty>{value ? words.none : t.value.common.loading}</Empty>}
      {!!value?.items.length && (
        <table class="grid patrols">
          <thead>
            <tr>
              <th scope="col">{words.day}</th>
              <th scope="col">{words.name}</th>
              <th scope="col">{words.grid}</th>
              <th scope="col">{words.officer}</th>
              <th scope="col">{words.window}</th>
              <th scope="col">{words.status}</th>
              <th scope="col" class="n">{words.visited}</th>
              <th scope="col">{words.missing}</th>
              <th scope="col" aria-label={words.excuse}></th>
            </tr>
          </thead>
          <tbody>{value.items.map((r) => <RoundRow key={r.id} round={r} again={again} />)}</tbody>
        </table>
      )}
    </>
  );
}

function Cells({ counts }: { counts: PatrolCounts }) {
  return (
    <>
      {[counts.planned, counts.done, counts.onTime, counts.missed].map((n, i) => <td key={i} class="n">{number(n)}</td>)}
      <td class="n">{share(counts.onTimeRate)}</td>
      <td class="n">{share(counts.coverageRate)}</td>
    </>
  );
}

/** Planned, walked, missed. */
function Figures() {
  const words = t.value.patrols;
  const place = route.value.place;
  const { value, error } = usePolled(() => api.patrolKpis({ by: by.value, place }), REFRESH_MS, [by.value, place]);
  const rows = (value?.items ?? []).filter((r) => r.now);
  return (
    <>
      <div class="chips" role="group" aria-label={words.group}>
        {GROUPS.map((g) => <Chip key={g} on={by.value === g} onToggle={() => by.value = g}>{words.by[g]}</Chip>)}
        <span class="muted">{words.thisMonth}</span>
        <a class="button small" href={`/api/v1/kpis/patrols.csv?by=${by.value}${place ? `&place=${place}` : ""}`} download>
          CSV
        </a>
      </div>
      {error && <Failed error={error} />}
      {!error && !rows.length && <Empty>{value ? words.none : t.value.common.loading}</Empty>}
      {rows.length > 0 && (
        <table class="grid">
          <thead>
            <tr>
              <th scope="col">{words.by[by.value]}</th>
              <th scope="col" class="n">{words.planned}</th>
              <th scope="col" class="n">{words.done}</th>
              <th scope="col" class="n">{words.onTime}</th>
              <th scope="col" class="n">{words.missed}</th>
              <th scope="col" class="n">{words.onTimeRate}</th>
              <th scope="col" class="n">{words.coverage}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((r) => (
              <tr key={r.group} data-group={r.group}>
                <td>{r.name || "–"}</td>
                <Cells counts={r.now!} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

async function planned(place: string | null) {
  const [schedules, plans] = await Promise.all([api.schedules({ place }), api.plans({ place })]);
  const byId = new Map(plans.items.map((p) => [p.id, p]));
  return schedules.items.map((s: Schedule) => ({ schedule: s, plan: byId.get(s.plan) }));
}

/** When what is to be walked. */
function Schedules() {
  const words = t.value.patrols;
  const place = route.value.place;
  const { value, error } = usePolled(() => planned(place), REFRESH_MS * 6, [place]);
  return (
    <>
      {error && <Failed error={error} />}
      {!error && !value?.length && <Empty>{value ? words.noSchedules : t.value.common.loading}</Empty>}
      {!!value?.length && (
        <table class="grid">
          <thead>
            <tr>
              <th scope="col">{words.name}</th>
              <th scope="col">{words.grid}</th>
              <th scope="col">{words.recurrence}</th>
              <th scope="col">{words.window}</th>
              <th scope="col">{words.officer}</th>
              <th scope="col" class="n">{words.route}</th>
            </tr>
          </thead>
          <tbody>
            {value.map(({ schedule: s, plan }) => (
              <tr key={s.id} data-schedule={s.id}>
                <td>{plan?.name ?? s.plan}</td>
                <td>{plan && <a href={href({ page: "overview", place: plan.grid })}>{plan.grid}</a>}</td>
                <td>{days(s)}</td>
                <td>{s.from} – {s.to}</td>
                <td>{s.officer ?? plan?.officer ?? words.onDuty}</td>
                <td class="n">{plan?.points.length ?? ""}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

export function PatrolsPage() {
  const words = t.value.patrols;
  return (
    <section class="panel page" aria-labelledby="patrols-title">
      <header>
        <h2 id="patrols-title">{words.title}</h2>
        <PlaceFilter />
        <div class="chips tabs" role="group" aria-label={words.title}>
          {TABS.map((x) => <Chip key={x} on={tab.value === x} onToggle={() => tab.value = x}>{words.tabs[x]}</Chip>)}
        </div>
      </header>
      <div class="scroll" tabIndex={0} role="region" aria-label={words.tabs[tab.value]}>
        {tab.value === "rounds" ? <Rounds /> : tab.value === "figures" ? <Figures /> : <Schedules />}
      </div>
    </section>
  );
}
