import { signal } from "@preact/signals";
import { api } from "../api/client.ts";
import type { Kpi, KpiRow, OfficerRow } from "../api/types.ts";
import { PlaceFilter, towns } from "../app/placefilter.tsx";
import { href, route } from "../app/route.ts";
import { number, share, t, word } from "../i18n/index.ts";
import { placeName } from "../live/places.ts";
import { Chip, Empty, Failed } from "../ui/basics.tsx";
import { usePolled } from "../ui/polled.ts";
import { type Rate, RATES, rates, since } from "./rates.ts";

const REFRESH_MS = 30_000;
const PERIODS = ["week", "month", "year"] as const;
const GROUPS = ["town", "community", "grid", "department", "category", "day", "month", "officers"] as const;
type Group = typeof GROUPS[number];

const period = signal<typeof PERIODS[number]>("month");
const group = signal<Group>("town");

function rounded(value: number): string {
  return number(Math.round(value * 10) / 10);
}

function valueOf(rate: { name: string; value: number | null }): string {
  return rate.name === "averageHandleMinutes" && rate.value !== null
    ? `${rounded(rate.value)} ${t.value.indicators.minutes}`
    : share(rate.value);
}

function Change({ rate }: { rate: Rate }) {
  const words = t.value.indicators;
  if (rate.change === null) return null;
  const minutes = rate.name === "averageHandleMinutes";
  const size = rounded(Math.abs(rate.change) * (minutes ? 1 : 100));
  const sign = rate.change > 0 ? "+" : rate.change < 0 ? "−" : "±";
  return <em>{`${sign}${size} ${minutes ? words.minutes : words.points}`}</em>;
}

function Tiles({ now, before }: { now: Kpi | null; before: Kpi | null }) {
  const words = t.value.indicators;
  return (
    <div class="measures">
      {(["reported", "closed"] as const).map((name) => (
        <div key={name} class="measure plain" data-indicator={name}>
          <span>{words.count[name]}</span>
          <b>{number(now?.[name] ?? 0)}</b>
          {before && <em class="muted">{words.before(number(before[name]))}</em>}
        </div>
      ))}
      {rates(now, before).map((r) => (
        <div key={r.name} class={`measure ${r.verdict}`} data-indicator={r.name} title={words.formula[r.name]}>
          <span>{words.rate[r.name]}</span>
          <b>{valueOf(r)}</b>
          <Change rate={r} />
          <small>{words.formula[r.name]}</small>
        </div>
      ))}
    </div>
  );
}

function GroupName({ row }: { row: KpiRow }) {
  const words = t.value;
  if (!row.group) return <span class="muted">{words.indicators.nobody}</span>;
  switch (group.value) {
    case "category":
      return <>{word(words.category, row.group)}</>;
    case "town":
    case "community":
    case "grid": {
      const town = towns.value.find((x) => x.code === row.group);
      return (
        <a href={href({ page: "indicators", place: row.group })} onClick={() => deeper()}>
          {town ? placeName(town) : row.name || row.group}
        </a>
      );
    }
    default:
      return <>{row.name || row.group}</>;
  }
}

/** Opening a place shows what lies in it. */
function deeper(): void {
  if (group.value === "town") group.value = "community";
  else if (group.value === "community") group.value = "grid";
}

function Rows({ rows }: { rows: KpiRow[] }) {
  const words = t.value.indicators;
  if (!rows.length) return <Empty>{words.none}</Empty>;
  return (
    <table class="grid figures">
      <thead>
        <tr>
          <th scope="col">{words.by[group.value]}</th>
          <th scope="col" class="n">{words.count.reported}</th>
          <th scope="col" class="n">{words.count.closed}</th>
          {RATES.map((r) => <th key={r} scope="col" class="n" title={words.formula[r]}>{words.rate[r]}</th>)}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.group} data-group={row.group}>
            <td>
              <GroupName row={row} />
            </td>
            <td class="n">{number(row.now?.reported ?? 0)}</td>
            <td class="n">{number(row.now?.closed ?? 0)}</td>
            {rates(row.now, row.previous).map((r) => <td key={r.name} class={`n ${r.verdict}`}>{valueOf(r)}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const OFFICER_COUNTS = ["patrols", "checkIns", "reported", "selfHandled", "verified", "checked"] as const;
const OFFICER_RATES = [
  "missRate",
  "validReportRate",
  "checkInRate",
  "coverageRate",
  "inTimeVerifyRate",
  "inTimeCheckRate",
] as const;

function Officers({ rows }: { rows: OfficerRow[] }) {
  const words = t.value.indicators;
  if (!rows.length) return <Empty>{words.none}</Empty>;
  return (
    <table class="grid figures">
      <thead>
        <tr>
          <th scope="col">{words.by.officers}</th>
          {OFFICER_COUNTS.map((c) => <th key={c} scope="col" class="n">{words.officer[c]}</th>)}
          {OFFICER_RATES.map((c) => <th key={c} scope="col" class="n">{words.officer[c]}</th>)}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.group} data-group={row.group}>
            <td>{row.name}</td>
            {OFFICER_COUNTS.map((c) => <td key={c} class="n">{number(row.now?.[c] ?? 0)}</td>)}
            {OFFICER_RATES.map((c) => <td key={c} class="n">{valueOf({ name: c, value: row.now?.[c] ?? null })}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface Figures {
  whole: KpiRow | null;
  rows: KpiRow[];
  officers: OfficerRow[];
}

async function load(from: string, by: Group, place: string | null): Promise<Figures> {
  const q = { from, place };
  const [whole, rest] = await Promise.all([
    api.kpis({ ...q, by: "all" }),
    by === "officers" ? api.officerKpis(q) : api.kpis({ ...q, by }),
  ]);
  return {
    whole: whole.items[0] ?? null,
    rows: by === "officers" ? [] : rest.items as KpiRow[],
    officers: by === "officers" ? rest.items as OfficerRow[] : [],
  };
}

/** How the district does by the definitions of GB/T 30428.4: rates of a period beside the one before, by place, kind, day or officer. */
export function IndicatorsPage() {
  const words = t.value.indicators;
  const place = route.value.place;
  const { value: figures, error } = usePolled(
    () => load(since(period.value, Date.now()), group.value, place),
    REFRESH_MS,
    [period.value, group.value, place],
  );
  const officers = group.value === "officers";
  const csv = new URLSearchParams({
    ...(officers ? {} : { by: group.value }),
    from: since(period.value, Date.now()),
    ...(place ? { place } : {}),
  });
  return (
    <section class="panel page" aria-labelledby="indicators-title">
      <header>
        <h2 id="indicators-title">{words.title}</h2>
        <PlaceFilter />
        <div class="chips" role="group" aria-label={words.period}>
          {PERIODS.map((p) => (
            <Chip key={p} on={period.value === p} onToggle={() => period.value = p}>{words.periods[p]}</Chip>
          ))}
        </div>
        <span class="muted">{figures?.whole && !figures.whole.previous ? words.noPast : words.compared}</span>
      </header>
      {error && <Failed error={error} />}
      <div class="scroll" tabIndex={0} role="region" aria-label={words.title}>
        {!figures && !error && <Empty>{t.value.common.loading}</Empty>}
        {figures && (
          <>
            <Tiles now={figures.whole?.now ?? null} before={figures.whole?.previous ?? null} />
            <div class="chips tabs" role="group" aria-label={words.group}>
              {GROUPS.map((g) => <Chip key={g} on={group.value === g} onToggle={() => group.value = g}>{words.by[g]}</Chip>)}
              <a class="button small" href={`/api/v1/kpis${officers ? "/officers" : ""}.csv?${csv}`} download>CSV</a>
            </div>
            {officers ? <Officers rows={figures.officers} /> : <Rows rows={figures.rows} />}
          </>
        )}
      </div>
    </section>
  );
}
