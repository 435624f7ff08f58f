import { signal } from "@preact/signals";
import { api } from "../api/client.ts";
import type { Hygiene, Standing } from "../api/types.ts";
import { PlaceFilter } from "../app/placefilter.tsx";
import { href, opening, route } from "../app/route.ts";
import { number, share, t, time } from "../i18n/index.ts";
import { pathText } from "../live/places.ts";
import { Chip, Empty, Failed } from "../ui/basics.tsx";
import { usePolled } from "../ui/polled.ts";
import { measures } from "./targets.ts";

const REFRESH_MS = 10_000;
const CALENDAR_DAYS = 30;
const hours = signal(24);
const by = signal<"byRule" | "byDevice" | "byPlace">("byRule");

function Tiles({ hygiene }: { hygiene: Hygiene }) {
  const words = t.value.hygiene;
  return (
    <div class="measures">
      {measures(hygiene).map((m) => (
        <div key={m.name} class={`measure ${m.verdict}`} data-measure={m.name} data-verdict={m.verdict}>
          <span>{words.measure[m.name]}</span>
          <b>{m.percent ? share(m.value) : number(Math.round(m.value * 10) / 10)}</b>
          <em>{words.verdict[m.verdict]}</em>
          <small>{words.target[m.name]}</small>
        </div>
      ))}
    </div>
  );
}

/** What keeps work from the people it is for. */
function Duty({ hygiene }: { hygiene: Hygiene }) {
  const words = t.value.hygiene;
  const { duty, calendar } = hygiene;
  const soon = calendar.daysLeft !== null && calendar.daysLeft < CALENDAR_DAYS;
  return (
    <>
      {duty.unreachable.length > 0 && (
        <p class="warning" data-unreachable={duty.unreachable.length}>
          {words.unreachable(duty.unreachable.length, duty.onDuty)} {duty.unreachable.map((p) => p.name || p.id).join(", ")}
        </p>
      )}
      {soon && <p class="warning" data-calendar={calendar.daysLeft}>{words.calendar(calendar.knownTo ?? "", calendar.daysLeft ?? 0)}</p>}
    </>
  );
}

function Name({ row }: { row: Standing }) {
  if (by.value === "byDevice" && !row.placePath.length) return <a href={opening({ device: row.key })}><code>{row.key}</code></a>;
  if (row.placePath.length) {
    return <a href={href({ page: "overview", place: row.key })}>{pathText(row.placePath, 4) || row.key}</a>;
  }
  return <code>{row.key}</code>;
}

function Rows({ rows, perHour }: { rows: Standing[]; perHour: number }) {
  const words = t.value.hygiene;
  if (!rows.length) return <Empty>{words.none}</Empty>;
  const most = rows[0].share || 1;
  return (
    <table class="grid hygiene">
      <thead>
        <tr>
          <th scope="col">{words[by.value]}</th>
          <th scope="col" class="n">{words.alerts}</th>
          <th scope="col" class="n">{words.perHour}</th>
          <th scope="col">{words.share}</th>
          <th scope="col" class="n">{words.measure.chattering}</th>
          <th scope="col" class="n">{words.measure.stale}</th>
          <th scope="col" class="n">{words.measure.falseAlarms}</th>
          <th scope="col">{words.todo}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((r) => (
          <tr key={r.key} data-standing={r.key}>
            <td><Name row={r} /></td>
            <td class="n">{number(r.alerts)}</td>
            <td class="n">{number(Math.round(r.share * perHour * 10) / 10)}</td>
            <td>
              <span class="bar"><i style={{ width: `${r.share / most * 100}%` }} /></span> {share(r.share)}
            </td>
            <td class="n">{r.chattering || ""}</td>
            <td class="n">{r.stale || ""}</td>
            <td class="n">{r.judged ? `${number(r.falseAlarms)} / ${number(r.judged)}` : ""}</td>
            <td class={r.advice === "NONE" ? "muted" : ""}>{words.advice[r.advice]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Is the rule set any good: what it asks of the operators, and what to change. */
export function HygienePage() {
  const words = t.value.hygiene;
  const place = route.value.place;
  const { value: hygiene, error } = usePolled(
    () => api.hygiene({ hours: hours.value, place }),
    REFRESH_MS,
    [hours.value, place],
  );
  return (
    <section class="panel page" aria-labelledby="hygiene-title">
      <header>
        <h2 id="hygiene-title">{words.title}</h2>
        <PlaceFilter />
        <div class="chips" role="group" aria-label={words.period}>
          {[1, 24, 168, 720].map((h) => (
            <Chip key={h} on={hours.value === h} onToggle={() => hours.value = h}>{words.back(h)}</Chip>
          ))}
        </div>
        {hygiene && <span class="muted">{words.operators(hygiene.operators)}</span>}
      </header>
      {error && <Failed error={error} />}
      <div class="scroll" tabIndex={0} role="region" aria-label={words.title}>
        {!hygiene && !error && <Empty>{t.value.common.loading}</Empty>}
        {hygiene && (
          <>
            <Duty hygiene={hygiene} />
            <Tiles hygiene={hygiene} />
            <p class="muted source">{words.source}</p>
            {hygiene.floods.length > 0 && (
              <p class="floods">
                {words.floods}: {hygiene.floods.slice(-5).reverse().map((f) =>
                  `${time(f.from)} – ${time(f.to)} (${number(f.alerts)})`
                ).join(", ")}
              </p>
            )}
            <div class="chips tabs" role="group" aria-label={words.group}>
              {(["byRule", "byDevice", "byPlace"] as const).map((b) => (
                <Chip key={b} on={by.value === b} onToggle={() => by.value = b}>{words[b]}</Chip>
              ))}
              <a class="button small" href={`/api/v1/hygiene.csv?by=${by.value.slice(2).toLowerCase()}&hours=${hours.value}`} download>
                CSV
              </a>
            </div>
            <Rows rows={hygiene[by.value]} perHour={hygiene.perHour} />
          </>
        )}
      </div>
    </section>
  );
}
