import { useEffect, useState } from "preact/hooks";
import { chartable } from "../alerts/detail.tsx";
import { api } from "../api/client.ts";
import type { Alert, PlaceStep } from "../api/types.ts";
import { opening } from "../app/route.ts";
import { t, time, word } from "../i18n/index.ts";
import { withNames } from "../live/places.ts";
import { alertById } from "../live/store.ts";
import { Empty, measured, SeverityMark } from "../ui/basics.tsx";
import { Chart } from "../ui/chart.tsx";

const SHOWN = 12;

/** The alerts of an incident, also those that have ended: the live list no longer holds them. */
function useAlerts(ids: string[]): Map<string, Alert> {
  const [fetched, setFetched] = useState<Map<string, Alert>>(new Map());
  const key = ids.join(" ");
  useEffect(() => {
    let gone = false;
    Promise.allSettled(ids.map(api.alert)).then((answers) => {
      if (gone) return;
      setFetched(new Map(answers.flatMap((a) => a.status === "fulfilled" ? [[a.value.id, a.value] as const] : [])));
    });
    return () => gone = true;
  }, [key]);
  return fetched;
}

function Line({ alert: a, path }: { alert: Alert; path: PlaceStep[] }) {
  const words = t.value;
  const reading = a.because?.at(-1);
  return (
    <a href={opening({ alert: a.id })} class="evidence">
      <SeverityMark severity={a.severity} />
      <b>{word(words.category, a.category)}</b>
      <span class="muted">
        {reading
          ? [reading.device, ...Object.entries(reading.values).slice(0, 3).map(([k, v]) => `${word(words.metric, k)} ${measured(k, v)}`)]
            .join(" · ")
          : withNames(a.summary, path) || a.subject}
      </span>
      <span class="when">
        {time(a.startedAt)}
        {a.endedAt && <small>{words.alerts.resolved} {time(a.endedAt)}</small>}
      </span>
    </a>
  );
}

/** What an incident rests on: its alerts with the readings behind them, and the course of the first that has one. */
export function EvidenceOf({ alerts: ids, path }: { alerts: string[]; path: PlaceStep[] }) {
  const words = t.value;
  const shown = ids.slice(0, SHOWN);
  const fetched = useAlerts(shown);
  const known = shown.map((id) => ({ id, alert: alertById(id) ?? fetched.get(id) }));
  const chart = known.map(({ alert }) => alert && chartable(alert)).find((c) => c);
  return (
    <>
      <h3>{words.incidents.evidence} ({ids.length})</h3>
      <ul class="links">
        {known.map(({ id, alert }) => (
          <li key={id}>
            {alert ? <Line alert={alert} path={path} /> : <a href={opening({ alert: id })}>{id}</a>}
          </li>
        ))}
      </ul>
      {ids.length > SHOWN && <Empty>+{ids.length - SHOWN}</Empty>}
      {chart && <Chart key={`${chart.device} ${chart.metric}`} device={chart.device} metric={chart.metric} />}
    </>
  );
}
