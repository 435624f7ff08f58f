import { api } from "../api/client.ts";
import type { Health, Quarantined } from "../api/types.ts";
import { number, t, time, word } from "../i18n/index.ts";
import { serverVersion } from "../live/live.ts";
import { summary } from "../live/store.ts";
import { Empty, Failed } from "../ui/basics.tsx";
import { usePolled } from "../ui/polled.ts";

export function QuarantinePage() {
  const words = t.value.quarantine;
  const { value, error } = usePolled(() => api.quarantine({ limit: 200 }), 4000);
  const items: Quarantined[] = value?.items ?? [];
  return (
    <section class="panel page" aria-labelledby="quarantine-title">
      <header>
        <h2 id="quarantine-title">{words.title}</h2>
        <span class="total">{summary.value?.books.quarantined ?? items.length}</span>
        <p class="muted">{words.explain}</p>
      </header>
      {error && <Failed error={error} />}
      {!error && !items.length && <Empty>{value ? words.none : t.value.common.loading}</Empty>}
      {items.length > 0 && (
        <div class="scroll" tabIndex={0} role="region" aria-label={words.title}>
          <table class="grid">
            <thead>
              <tr>
                <th scope="col">{words.at}</th>
                <th scope="col">{words.reason}</th>
                <th scope="col">{words.topic}</th>
                <th scope="col">{words.source}</th>
                <th scope="col" class="n">{words.size}</th>
                <th scope="col">{words.preview}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((q) => (
                <tr key={q.id}>
                  <td>{time(q.at)}</td>
                  <td>
                    <b class="reason" title={q.reason}>{word(t.value.rejected, q.reason)}</b>
                    <small class="muted">{q.detail}</small>
                  </td>
                  <td><code>{q.topic}</code></td>
                  <td>{q.source}</td>
                  <td class="n">{number(q.size)}</td>
                  <td><code class="preview">{q.preview}</code></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Books() {
  const b = summary.value?.books;
  const words = t.value;
  if (!b) return null;
  const parts: [string, number][] = [
    [words.kpi.received, b.received],
    [words.kpi.stored, b.stored],
    [words.kpi.quarantined, b.quarantined],
    [words.kpi.inFlight, b.inFlight],
  ];
  const signs = ["", "=", "+", "+"];
  const off = b.received - b.stored - b.quarantined - b.inFlight;
  return (
    <div class={`books ${off === 0 ? "good" : "bad"}`}>
      {parts.map(([name, n], i) => (
        <span key={name}>
          {signs[i] && <i>{signs[i]}</i>}
          <span class="tile"><span>{name}</span><b>{number(n)}</b></span>
        </span>
      ))}
      <b class="verdict">{off === 0 ? words.kpi.balanced : words.kpi.unbalanced(off)}</b>
    </div>
  );
}

export function HealthPage() {
  const words = { ...t.value.health, follower: t.value.follower };
  const { value, error } = usePolled<Health>(() => api.health(), 3000);
  return (
    <section class="panel page health" aria-labelledby="health-title">
      <header>
        <h2 id="health-title">{words.title}</h2>
        {value && <span class={`state h-${value.status}`}>{words[value.status] ?? value.status}</span>}
        {serverVersion.value && <span class="muted">HoloGrid {serverVersion.value}</span>}
      </header>
      {error && <Failed error={error} />}
      <div class="scroll" tabIndex={0} role="region" aria-label={words.title}>
        <h3>{words.books} <small class="muted">{words.equation}</small></h3>
        <Books />
        <h3>{words.components}</h3>
        <div class="components">
          {(value?.components ?? []).map((c) => (
            <div class={`component h-${c.status}`} key={c.name}>
              <b title={c.name}>{words.follower[c.name] ?? c.name}</b>
              <span class={`state h-${c.status}`}>{words[c.status as "ok"] ?? c.status}</span>
              {c.why && <p>{c.why}</p>}
            </div>
          ))}
        </div>
        <h3>{words.lags}</h3>
        <table class="grid">
          <thead>
            <tr>
              <th scope="col">{words.follows}</th>
              <th scope="col" class="n">{words.records}</th>
              <th scope="col" class="n">{words.seconds}</th>
            </tr>
          </thead>
          <tbody>
            {(summary.value?.lags ?? []).map((l) => (
              <tr key={l.follower}>
                <td title={l.follower}>{words.follower[l.follower] ?? l.follower}</td>
                <td class="n">{number(l.records)}</td>
                <td class="n">{number(l.seconds)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
