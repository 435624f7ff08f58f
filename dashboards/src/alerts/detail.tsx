import { useEffect, useState } from "preact/hooks";
import { api } from "../api/client.ts";
import type { Alert } from "../api/types.ts";
import { go, opening } from "../app/route.ts";
import { t, time, word } from "../i18n/index.ts";
import { alertById } from "../live/store.ts";
import { Age, Empty, Failed, SeverityMark, Value } from "../ui/basics.tsx";
import { Chart } from "../ui/chart.tsx";
import { Drawer } from "../ui/drawer.tsx";
import { buildingOf, withNames } from "../live/places.ts";
import { whereOf } from "./list.tsx";

/** The readings that made the rule fire: one line each, with every value. */
function Because({ alert }: { alert: Alert }) {
  const words = t.value;
  if (!alert.because?.length) return <Empty>{words.alerts.noReadings}</Empty>;
  const names = [...new Set(alert.because.flatMap((r) => Object.keys(r.values)))];
  return (
    <div class="scroll-x" tabIndex={0} role="region" aria-label={words.alerts.readings}>
      <table class="because">
        <thead>
          <tr>
            <th scope="col">{words.common.time}</th>
            <th scope="col">{words.pages.devices}</th>
            {names.map((n) => <th scope="col" key={n}>{word(words.metric, n)}</th>)}
          </tr>
        </thead>
        <tbody>
          {alert.because.map((r) => (
            <tr key={`${r.offset} ${r.device}`}>
              <td>{time(r.time)}</td>
              <td><a href={opening({ device: r.device })}>{r.device}</a></td>
              {names.map((n) => <td key={n}><Value name={n} value={r.values[n]} /></td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function chartable(alert: Alert): { device: string; metric: string } | null {
  const numeric = (alert.because ?? []).flatMap((r) =>
    Object.entries(r.values).filter(([, v]) => typeof v === "number").map(([metric]) => ({ device: r.device, metric }))
  );
  for (const metric of ["obscuration", "temperature", "confidence", "battery"]) {
    const found = numeric.find((n) => n.metric === metric);
    if (found) return found;
  }
  return numeric[0] ?? null;
}

export function AlertDetail({ id }: { id: string }) {
  const known = alertById(id);
  const [fetched, setFetched] = useState<Alert | null>(null);
  const [error, setError] = useState("");
  useEffect(() => {
    setError("");
    setFetched(null);
    api.alert(id).then(setFetched, (e) => setError(e.message));
  }, [id, known?.state]);
  const alert = fetched?.id === id ? { ...fetched, ...known, because: fetched.because } : known;
  const words = t.value;
  const title = alert ? word(words.category, alert.category) : words.common.loading;
  const chart = alert && chartable(alert);
  const building = alert && buildingOf(alert.place, alert.placePath);
  return (
    <Drawer title={title} mark={alert && <SeverityMark severity={alert.severity} />}>
      {error && !alert && <Failed error={error} />}
      {alert && (
        <>
          <p class="lead">{withNames(alert.summary, alert.placePath)}</p>
          {alert.description && <p class="muted">{withNames(alert.description, alert.placePath)}</p>}
          <dl class="facts">
            <dt>{words.alerts.place}</dt>
            <dd>{whereOf(alert)}</dd>
            <dt>{words.alerts.since}</dt>
            <dd>
              {time(alert.startedAt)} <span class="muted">(<Age since={alert.startedAt} />)</span>
            </dd>
            {alert.endedAt && (
              <>
                <dt>{words.alerts.ended}</dt>
                <dd>{time(alert.endedAt)}</dd>
              </>
            )}
            <dt>{words.alerts.rule}</dt>
            <dd><code>{alert.rule}</code></dd>
            <dt>{words.alerts.subject}</dt>
            <dd><code>{alert.subject}</code></dd>
          </dl>
          <div class="buttons">
            {alert.incident
              ? <a class="button primary" href={opening({ incident: alert.incident })}>{words.alerts.openIncident}</a>
              : <span class="muted">{words.alerts.noIncident}</span>}
            {building && (
              <button type="button" class="button" onClick={() => go({ page: "overview", place: building.code })}>
                {words.alerts.showOnPlan}
              </button>
            )}
          </div>
          <h3>{words.alerts.why}</h3>
          <Because alert={alert} />
          {chart && (
            <>
              <h3>{words.alerts.history}</h3>
              <Chart device={chart.device} metric={chart.metric} />
            </>
          )}
        </>
      )}
    </Drawer>
  );
}
