import { actor, api } from "../api/client.ts";
import { compact, number, t, word } from "../i18n/index.ts";
import { lastHeard, link, lookAgain } from "../live/live.ts";
import { now } from "../live/now.ts";
import { SEVERITIES } from "../live/severity.ts";
import { clear, rates, summary } from "../live/store.ts";
import { SeverityMark, Sparkline, toast } from "../ui/basics.tsx";
import { LanguageSwitch, Logo } from "./language.tsx";
import { href, PAGES, route } from "./route.ts";
import { loadSession, people, session } from "./session.ts";

/** Is what the screen shows what the district is? */
export function Connection() {
  const words = t.value.link;
  const silent = Math.max(0, Math.floor((now.value - lastHeard.value) / 1000));
  const [kind, text] = link.value === "connected"
    ? silent >= 4 ? ["delayed", words.delayed(silent)] : ["connected", words.connected]
    : link.value === "connecting"
    ? ["connecting", words.connecting]
    : ["reconnecting", words.reconnecting];
  return <span class={`link ${kind}`} role="status" data-link={kind}>{text}</span>;
}

function Card(props: { label: string; value: string; note?: string; tone?: string; children?: preact.ComponentChildren }) {
  return (
    <div class={`kpi ${props.tone ?? ""}`}>
      <dt>{props.label}</dt>
      <dd>
        <b>{props.value}</b>
        {props.note && <small>{props.note}</small>}
        {props.children}
      </dd>
    </div>
  );
}

export function Kpis() {
  const s = summary.value;
  const words = t.value.kpi;
  if (!s) return <dl class="kpis" aria-busy="true" />;
  const off = s.books.received - s.books.stored - s.books.quarantined - s.books.inFlight;
  return (
    <dl class="kpis">
      <Card label={words.ingest} value={number(Math.round(s.ingestPerSecond))}>
        <Sparkline values={rates.value} />
      </Card>
      <Card
        label={words.books}
        value={off === 0 ? words.balanced : words.unbalanced(off)}
        tone={off === 0 ? "good" : "bad"}
        note={`${compact(s.books.received)} ${words.received}`}
      />
      <Card label={words.firing} value={number(s.alerts.firing)}>
        <span class="severities">
          {SEVERITIES.map((x) => (
            <span key={x}>
              <SeverityMark severity={x} />
              {s.alerts.bySeverity[x] ?? 0}
            </span>
          ))}
        </span>
      </Card>
      <Card label={words.open} value={number(s.incidents.open)}>
        <span class="severities">
          {Object.entries(s.incidents.byPriority).sort().map(([p, n]) => <span key={p}><i>{p}</i>{n}</span>)}
        </span>
      </Card>
      <Card label={words.dispatched} value={number(s.incidents.dispatched)} />
      <Card label={words.closed} value={number(s.incidents.closed)} />
      <Card label={words.devices} value={number(s.devices.online)} note={`/ ${number(s.devices.total)}`} />
    </dl>
  );
}

function Actor() {
  if (session.value?.mode !== "open" || !people.value.length) return null;
  const words = t.value;
  return (
    <label class="actor">
      <span>{words.session.acting}</span>
      <select
        aria-label={words.session.acting}
        value={actor.value ?? ""}
        onChange={(e) => {
          actor.value = e.currentTarget.value || null;
          lookAgain();
        }}
      >
        <option value="">{words.session.default}</option>
        {people.value.map((p) => (
          <option key={p.id} value={p.id}>{p.name} · {p.roles.map((r) => word(words.role, r)).join("/")}</option>
        ))}
      </select>
    </label>
  );
}

function SignOut() {
  if (session.value?.mode !== "password" || !session.value.user) return null;
  const leave = async () => {
    try {
      const provider = await api.signOut();
      if (provider?.next) return location.assign(provider.next);
      clear();
      await loadSession();
    } catch (e) {
      toast((e as Error).message, true);
    }
  };
  return (
    <button type="button" class="button quiet" onClick={leave}>
      {session.value.user.name} · {t.value.session.signOut}
    </button>
  );
}

export function Header() {
  const words = t.value;
  return (
    <header class="top">
      <div class="brand">
        <Logo />
        <h1>
          {words.product} {words.lang !== "en" && <span lang="en">HoloGrid</span>}
        </h1>
      </div>
      <nav aria-label={words.product}>
        {PAGES.map((page) => (
          <a
            key={page}
            href={href({ page, place: route.value.place })}
            aria-current={route.value.page === page ? "page" : undefined}
          >
            {words.pages[page]}
          </a>
        ))}
      </nav>
      <div class="tools">
        <Connection />
        <Actor />
        <SignOut />
        <LanguageSwitch />
      </div>
    </header>
  );
}
