import { useEffect, useState } from "preact/hooks";
import { actor, api } from "../api/client.ts";
import type { Incident, IncidentStep, PlaceStep } from "../api/types.ts";
import { people } from "../app/session.ts";
import { t, time, word } from "../i18n/index.ts";
import { pathText, withNames } from "../live/places.ts";
import { incidentById } from "../live/store.ts";
import { Due, Empty, Failed, PriorityMark } from "../ui/basics.tsx";
import { Drawer } from "../ui/drawer.tsx";
import { EvidenceOf } from "./evidence.tsx";
import { CommandForm } from "./form.tsx";
import { incidentName } from "./name.ts";
import { sortActions, STEP_OF } from "./process.ts";

export function ProcessBar({ incident }: { incident: Incident }) {
  const words = t.value;
  const at = STEP_OF[incident.state] ?? 0;
  const ended = at === 5;
  return (
    <ol class="process" aria-label={words.incidents.timeline}>
      {words.steps.map((step, i) => (
        <li
          key={step}
          class={i < at || ended ? "past" : i === at ? "present" : "future"}
          aria-current={i === at ? "step" : undefined}
        >
          <span>{step}</span>
        </li>
      ))}
    </ol>
  );
}

function who(by: IncidentStep["by"]): string {
  if (!by) return "";
  if (by === "system") return t.value.incidents.system;
  if (typeof by === "object") return by.name;
  return people.value.find((p) => p.id === by)?.name ?? by;
}

/** What an event says beyond its name: a note or reason, who got it, how it ended. */
function said(h: IncidentStep): string {
  const d = (h.detail ?? {}) as Record<string, unknown>;
  const text = (key: string) => typeof d[key] === "string" ? d[key] as string : "";
  const outcome = d.outcome as { resolution?: string } | undefined;
  const due = d.due as { at?: string } | undefined;
  const stage = text("stage");
  const parts = [
    stage && due?.at && t.value.incidents.dueBy(word(t.value.incidents.stage, stage), time(due.at)),
    text("assignee") && who(text("assignee")),
    text("department"),
    outcome?.resolution && word(t.value.resolution, outcome.resolution),
    text("level") && word(t.value.level, text("level")),
    h.note || text("note") || text("reason") || text("summary") || text("how"),
  ];
  return parts.filter(Boolean).join(" · ");
}

/** Pictures that came with an event; only those that the browser may show from here. */
function photosOf(h: IncidentStep): string[] {
  const photos = (h.detail as { photos?: unknown } | null)?.photos;
  return Array.isArray(photos) ? photos.filter((p) => typeof p === "string" && p.startsWith("data:image/jpeg;")) : [];
}

function Timeline({ history, path }: { history: IncidentStep[]; path: PlaceStep[] }) {
  const words = t.value;
  return (
    <ol class="timeline">
      {[...history].sort((a, b) => b.seq - a.seq).map((h) => (
        <li key={h.seq}>
          <time>{time(h.at)}</time>
          <div>
            <b>{word(words.history, h.event.replace(/([a-z])([A-Z])/g, "$1_$2").toUpperCase())}</b>
            <span class="muted">{who(h.by)}</span>
            {said(h) && <p>{withNames(said(h), path)}</p>}
            {photosOf(h).map((p, i) => <img key={i} class="photo" src={p} alt={t.value.mobile.photo} />)}
          </div>
        </li>
      ))}
    </ol>
  );
}

function Steps({ incident }: { incident: Incident }) {
  const words = t.value;
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => setChosen(null), [incident.version]);
  const { main, rest } = sortActions(incident);
  if (!main.length && !rest.length) return <Empty>{words.incidents.noSteps}</Empty>;
  const button = (command: string, primary: boolean) => (
    <button
      key={command}
      type="button"
      class={primary ? "button primary" : "button"}
      aria-expanded={chosen === command}
      data-action={command}
      onClick={() => setChosen(chosen === command ? null : command)}
    >
      {word(words.command, command)}
    </button>
  );
  return (
    <div class="steps">
      <div class="buttons">{main.map((c, i) => button(c, i === 0))}</div>
      {rest.length > 0 && (
        <details open={rest.includes(chosen ?? "")}>
          <summary>{words.incidents.more} ({rest.length})</summary>
          <div class="buttons">{rest.map((c) => button(c, false))}</div>
        </details>
      )}
      {chosen && <CommandForm key={chosen} incident={incident} command={chosen} done={() => setChosen(null)} />}
    </div>
  );
}

export function IncidentDetail({ id }: { id: string }) {
  const live = incidentById(id);
  const [full, setFull] = useState<Incident | null>(null);
  const [error, setError] = useState("");
  useEffect(() => {
    let gone = false;
    api.incident(id).then(
      (i) => {
        if (gone) return;
        setFull(i);
        setError("");
      },
      (e) => !gone && setError(e.message),
    );
    return () => gone = true;
  }, [id, live?.version, actor.value]);
  const words = t.value;
  const incident = full?.id === id ? (live && live.version > full.version ? { ...full, ...live, actions: [] } : full) : live;
  return (
    <Drawer
      title={incident ? incidentName(incident) : words.common.loading}
      mark={incident && <PriorityMark priority={incident.priority} />}
    >
      {error && <Failed error={error} />}
      {incident && (
        <div data-incident={incident.id} data-state={incident.state}>
          <p class="lead">
            <span class={`state s-${incident.state}`}>{word(words.state, incident.state)}</span>
            {incident.supervised && <span class="state supervised">{words.incidents.supervised}</span>}
            <Due due={incident.due} />
          </p>
          {incident.title !== incidentName(incident) && <p>{withNames(incident.title, incident.placePath)}</p>}
          {incident.description && <p class="muted">{incident.description}</p>}
          <ProcessBar incident={incident} />
          <dl class="facts">
            <dt>{words.incidents.number}</dt>
            <dd><code>{incident.number}</code></dd>
            <dt>{words.common.place}</dt>
            <dd>{pathText(incident.placePath, 4) || incident.place}</dd>
            <dt>{words.incidents.assignee}</dt>
            <dd>{incident.assignee?.name ?? incident.department ?? words.incidents.unassigned}</dd>
            <dt>{words.incidents.origin}</dt>
            <dd>
              {word(words.origin, incident.origin)} · {word(words.category, incident.category)} ·{" "}
              {word(words.level, incident.level)}
            </dd>
            <dt>{words.incidents.openedAt}</dt>
            <dd>{time(incident.openedAt)}</dd>
          </dl>
          <h3>{words.incidents.nextSteps}</h3>
          <Steps incident={incident} />
          {!!incident.alerts?.length && <EvidenceOf alerts={incident.alerts} path={incident.placePath} />}
          <h3>{words.incidents.timeline}</h3>
          {incident.history ? <Timeline history={incident.history} path={incident.placePath} /> : <Empty>{words.common.loading}</Empty>}
        </div>
      )}
    </Drawer>
  );
}
