import { computed, signal } from "@preact/signals";
import type { Alert, Severity } from "../api/types.ts";
import { PlaceFilter } from "../app/placefilter.tsx";
import { go, opening, route } from "../app/route.ts";
import { t, word } from "../i18n/index.ts";
import { ready } from "../live/live.ts";
import { buildingOf, liesIn, pathText, withNames } from "../live/places.ts";
import { SEVERITIES } from "../live/severity.ts";
import { allAlerts } from "../live/store.ts";
import { Age, Chip, Empty, measured, SeverityMark } from "../ui/basics.tsx";
import { Windowed } from "../ui/windowed.tsx";
import { type Group, groupByBuilding, matches } from "./grouping.ts";

const hidden = signal<Set<Severity>>(new Set());
const text = signal("");
const withResolved = signal(false);
const folded = signal<Set<string>>(new Set());

const shown = computed(() =>
  allAlerts.value.filter((a) =>
    (withResolved.value || a.state === "firing") && !hidden.value.has(a.severity) &&
    liesIn(a.place, a.placePath, route.value.place) &&
    matches(a, text.value, word(t.value.category, a.category))
  )
);

/** A building with one alert is one row; with more, a row for the building and one for each alert. */
type Row = { group: Group } | { alert: Alert; alone?: Group };

const rows = computed<Row[]>(() => {
  const out: Row[] = [];
  for (const group of groupByBuilding(shown.value)) {
    if (group.alerts.length === 1) {
      out.push({ alert: group.alerts[0], alone: group });
      continue;
    }
    out.push({ group });
    if (!folded.value.has(group.code)) for (const alert of group.alerts) out.push({ alert });
  }
  return out;
});

function toggle<T>(set: { value: Set<T> }, one: T): void {
  const next = new Set(set.value);
  if (!next.delete(one)) next.add(one);
  set.value = next;
}

function Filters() {
  const words = t.value;
  return (
    <div class="filters">
      <input
        type="search"
        placeholder={words.alerts.search}
        aria-label={words.alerts.search}
        value={text.value}
        onInput={(e) => text.value = e.currentTarget.value}
      />
      <PlaceFilter />
      <div class="chips" role="group" aria-label={words.alerts.filter}>
        {SEVERITIES.map((s) => (
          <Chip key={s} on={!hidden.value.has(s)} onToggle={() => toggle(hidden, s)} label={words.severity[s]}>
            <SeverityMark severity={s} />
          </Chip>
        ))}
        <Chip on={withResolved.value} onToggle={() => withResolved.value = !withResolved.value}>
          {words.alerts.showResolved}
        </Chip>
      </div>
    </div>
  );
}

function GroupRow({ group }: { group: Group }) {
  const open = !folded.value.has(group.code);
  return (
    <div role="listitem" class="row group" key={`g ${group.code}`}>
      <button type="button" class="fold" aria-expanded={open} onClick={() => toggle(folded, group.code)}>
        <SeverityMark severity={group.worst} />
        <span class="name">{group.name}</span>
        <span class="where">{group.where}</span>
        <span class="count">{t.value.alerts.groupCount(group.alerts.length)}</span>
      </button>
      <button
        type="button"
        class="icon"
        title={t.value.alerts.showOnPlan}
        aria-label={`${t.value.alerts.showOnPlan}: ${group.name}`}
        onClick={() => go({ page: "overview", place: group.code })}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M8 1.5a4.6 4.6 0 0 0-4.6 4.6C3.4 9.6 8 14.5 8 14.5s4.6-4.9 4.6-8.4A4.6 4.6 0 0 0 8 1.5zm0 6.3a1.7 1.7 0 1 1 0-3.4 1.7 1.7 0 0 1 0 3.4z" /></svg>
      </button>
    </div>
  );
}

function AlertRow({ alert, alone }: { alert: Alert; alone?: Group }) {
  const words = t.value;
  return (
    <div
      role="listitem"
      class={`row alert ${alone ? "alone" : ""} ${alert.severity} ${alert.state}`}
      key={alert.id}
      title={withNames(alert.summary, alert.placePath)}
      data-alert={alert.id}
    >
      <a href={opening({ alert: alert.id })} aria-current={route.value.alert === alert.id ? "true" : undefined}>
        <SeverityMark severity={alert.severity} />
        <span class="name">{word(words.category, alert.category)}</span>
        <span class="where">{alone ? `${alone.where} · ${alone.name}` : saidBy(alert)}</span>
        {alert.state === "firing"
          ? <Age since={alert.startedAt} />
          : <span class="age resolved">{words.alerts.resolved}</span>}
      </a>
    </div>
  );
}

export function AlertList() {
  const words = t.value.alerts;
  return (
    <section class="panel alerts" aria-labelledby="alerts-title">
      <header>
        <h2 id="alerts-title">{words.title}</h2>
        <span class="total">{shown.value.length}</span>
      </header>
      <Filters />
      {rows.value.length
        ? (
          <Windowed
            items={rows.value}
            rowHeight={36}
            label={words.title}
            row={(r) => "group" in r ? <GroupRow group={r.group} /> : <AlertRow alert={r.alert} alone={r.alone} />}
          />
        )
        : <Empty>{!ready.value ? t.value.common.loading : allAlerts.value.some((a) => a.state === "firing") ? words.noneFiltered : words.none}</Empty>}
    </section>
  );
}

/** Which device said what: "sm-00849 · 0.32 dB/m"; what the rule says where no reading did. */
function saidBy(a: Alert): string {
  const last = a.because?.at(-1);
  if (!last) return withNames(a.summary, a.placePath) || a.subject;
  const metric = TELLING.find((m) => last.values[m] !== undefined && last.values[m] !== null);
  return metric ? `${last.device} · ${measured(metric, last.values[metric])}` : last.device;
}

/** What says most about a reading, first. */
const TELLING = ["obscuration", "temperature", "event", "alarm", "battery", "confidence", "door", "state"];

export function whereOf(a: Alert): string {
  return pathText(a.placePath, 3) || buildingOf(a.place, a.placePath)?.name || a.subject;
}
