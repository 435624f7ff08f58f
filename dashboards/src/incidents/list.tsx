import { computed, signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { api } from "../api/client.ts";
import type { Incident, Priority } from "../api/types.ts";
import { PlaceFilter } from "../app/placefilter.tsx";
import { opening, route } from "../app/route.ts";
import { me } from "../app/session.ts";
import { t, time, word } from "../i18n/index.ts";
import { ready } from "../live/live.ts";
import { liesIn, pathText } from "../live/places.ts";
import { allIncidents, isOpen, openIncidents, putIncident } from "../live/store.ts";
import { Chip, Due, Empty, PriorityMark } from "../ui/basics.tsx";
import { Windowed } from "../ui/windowed.tsx";
import { Bulk, selected, toggleSelected } from "./bulk.tsx";
import { type Filter, wanted } from "./filter.ts";
import { incidentName } from "./name.ts";
import { STEP_OF } from "./process.ts";
import { ReportForm } from "./report.tsx";

const view = signal<"board" | "list">("board");
const ended = signal(false);
const mine = signal(false);
const overdue = signal(false);
const supervised = signal(false);
const category = signal("");
const priorities = signal<Set<Priority>>(new Set());
const text = signal("");

const inScope = computed(() => ended.value ? allIncidents.value.filter((i) => !isOpen(i)) : openIncidents.value);

const shown = computed(() => {
  const filter: Filter = {
    place: route.value.place,
    mine: mine.value ? me.value?.id ?? "" : null,
    overdue: overdue.value,
    supervised: supervised.value,
    category: category.value,
    priorities: priorities.value,
    text: text.value,
  };
  return inScope.value.filter((i) => wanted(i, filter, word(t.value.category, i.category)));
});

/** Those that there are to choose from, and the chosen one though its last incident be gone. */
const categories = computed(() =>
  [...new Set([...inScope.value.map((i) => i.category), category.value])].filter(Boolean)
    .sort((a, b) => word(t.value.category, a).localeCompare(word(t.value.category, b), t.value.lang))
);

function togglePriority(p: Priority): void {
  const next = new Set(priorities.value);
  if (!next.delete(p)) next.add(p);
  priorities.value = next;
}

function Filters() {
  const words = t.value;
  return (
    <div class="filters" role="group" aria-label={words.alerts.filter}>
      <input
        type="search"
        placeholder={words.incidents.search}
        aria-label={words.incidents.search}
        value={text.value}
        onInput={(e) => text.value = e.currentTarget.value}
      />
      <PlaceFilter />
      <select
        name="category-filter"
        aria-label={words.field.category}
        value={category.value}
        onChange={(e) => category.value = e.currentTarget.value}
      >
        <option value="">{words.incidents.anyCategory}</option>
        {categories.value.map((c) => <option key={c} value={c}>{word(words.category, c)}</option>)}
      </select>
      <div class="chips">
        {(["P1", "P2", "P3", "P4"] as const).map((p) => (
          <Chip key={p} on={priorities.value.has(p)} onToggle={() => togglePriority(p)}>{p}</Chip>
        ))}
        <Chip on={mine.value} onToggle={() => mine.value = !mine.value}>{words.incidents.mine}</Chip>
        <Chip on={overdue.value} onToggle={() => overdue.value = !overdue.value}>{words.incidents.overdueOnly}</Chip>
        <Chip on={supervised.value} onToggle={() => supervised.value = !supervised.value}>
          {words.incidents.supervisedOnly}
        </Chip>
      </div>
    </div>
  );
}

function whereText(i: Incident): string {
  return pathText(i.placePath, 5) || i.place || "";
}

export function IncidentRow({ incident, selectable }: { incident: Incident; selectable?: boolean }) {
  const words = t.value;
  const i = incident;
  return (
    <div
      role="listitem"
      class={`row incident s-${i.state}`}
      key={i.id}
      data-incident-row={i.id}
      data-state={i.state}
      title={i.title}
    >
      {selectable && (
        <input
          type="checkbox"
          aria-label={`${words.incidents.select} ${i.number}`}
          checked={selected.value.has(i.id)}
          onChange={() => toggleSelected(i.id)}
        />
      )}
      <a href={opening({ incident: i.id })} aria-current={route.value.incident === i.id ? "true" : undefined}>
        <PriorityMark priority={i.priority} />
        <span class="name">{incidentName(i)}</span>
        <span class="where">{whereText(i)}</span>
        <span class={`state s-${i.state}`}>{word(words.state, i.state)}</span>
        <span class="who">{i.assignee?.name ?? i.department ?? ""}</span>
        {isOpen(i) ? <Due due={i.due} /> : <span class="due">{time(i.closedAt ?? i.updatedAt)}</span>}
      </a>
    </div>
  );
}

/** States that the column's name does not already say. */
const SIDE_STATES = new Set(["VERIFYING", "RETURNED", "DEFERRAL_PENDING", "SUSPENDED", "FEEDBACK"]);

function CardOf({ incident: i }: { incident: Incident }) {
  const words = t.value;
  return (
    <a
      class="card"
      title={i.title}
      href={opening({ incident: i.id })}
      data-card={i.id}
      aria-current={route.value.incident === i.id ? "true" : undefined}
    >
      <span class="line">
        <PriorityMark priority={i.priority} />
        <b>{incidentName(i)}</b>
      </span>
      <span class="line muted">{whereText(i)}</span>
      <span class="line">
        {SIDE_STATES.has(i.state)
          ? <span class={`state s-${i.state}`}>{word(words.state, i.state)}</span>
          : null}
        {i.supervised && <span class="state supervised">{words.incidents.supervised}</span>}
        <span class="who">{i.assignee?.name ?? i.department ?? ""}</span>
        <Due due={i.due} />
      </span>
    </a>
  );
}

const CARDS = 60;

function Board({ incidents }: { incidents: Incident[] }) {
  const words = t.value;
  const columns = words.steps.slice(0, 5).map((step, i) => ({
    step,
    items: incidents.filter((x) => STEP_OF[x.state] === i),
  }));
  return (
    <div class="board">
      {columns.map(({ step, items }, i) => (
        <section key={i} aria-label={step} data-column={i}>
          <h3>{step}<span class="total">{items.length}</span></h3>
          <div class="cards">
            {items.slice(0, CARDS).map((x) => <CardOf key={x.id} incident={x} />)}
            {items.length > CARDS && (
              <button type="button" class="button quiet" onClick={() => view.value = "list"}>
                +{items.length - CARDS}
              </button>
            )}
          </div>
        </section>
      ))}
    </div>
  );
}

export function IncidentsPage() {
  const words = t.value.incidents;
  const [reporting, setReporting] = useState(false);
  useEffect(() => {
    if (ended.value) api.incidents({ open: false, limit: 200 }).then((p) => p.items.forEach(putIncident), () => {});
  }, [ended.value]);
  const asList = view.value === "list" || ended.value;
  return (
    <section class="panel page incidents" aria-labelledby="incidents-title">
      <header>
        <h2 id="incidents-title">{words.title}</h2>
        <span class="total">{shown.value.length}</span>
        <div class="chips">
          <Chip on={!ended.value} onToggle={() => ended.value = false}>{words.open}</Chip>
          <Chip on={ended.value} onToggle={() => ended.value = true}>{words.closed}</Chip>
        </div>
        <div class="chips right">
          {!ended.value && (
            <>
              <Chip on={view.value === "board"} onToggle={() => view.value = "board"}>{words.board}</Chip>
              <Chip on={view.value === "list"} onToggle={() => view.value = "list"}>{words.list}</Chip>
            </>
          )}
          <button type="button" class="button primary small" onClick={() => setReporting(!reporting)}>
            {words.report}
          </button>
        </div>
      </header>
      <Filters />
      {reporting && <ReportForm done={() => setReporting(false)} />}
      {asList && !ended.value && <Bulk shown={shown.value} />}
      {!shown.value.length
        ? <Empty>{!ready.value ? t.value.common.loading : inScope.value.length ? words.noneFiltered : words.none}</Empty>
        : asList
        ? (
          <Windowed
            items={shown.value}
            rowHeight={40}
            label={words.title}
            row={(i) => <IncidentRow incident={i} selectable={!ended.value} />}
          />
        )
        : <Board incidents={shown.value} />}
    </section>
  );
}

/** The narrow list beside the plan. */
export function IncidentPanel() {
  const words = t.value.incidents;
  const items = openIncidents.value.filter((i) => liesIn(i.place, i.placePath, route.value.place));
  return (
    <section class="panel incidents narrow" aria-labelledby="incidents-title">
      <header>
        <h2 id="incidents-title">{words.title}</h2>
        <span class="total">{items.length}</span>
      </header>
      {items.length
        ? <Windowed items={items} rowHeight={56} label={words.title} row={(i) => <IncidentRow incident={i} />} />
        : <Empty>{ready.value ? words.none : t.value.common.loading}</Empty>}
    </section>
  );
}
