import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { effect } from "@preact/signals";
import { AlertDetail } from "./alerts/detail.tsx";
import { AlertList, whereOf } from "./alerts/list.tsx";
import { signedOut } from "./api/client.ts";
import { Header, Kpis } from "./app/header.tsx";
import { route } from "./app/route.ts";
import { loadSession } from "./app/session.ts";
import { SignIn } from "./app/signin.tsx";
import { DeviceDetail, DevicesPage } from "./devices/devices.tsx";
import { HealthPage, QuarantinePage } from "./health/pages.tsx";
import { HygienePage } from "./hygiene/page.tsx";
import { IndicatorsPage } from "./indicators/page.tsx";
import { locale, t, word } from "./i18n/index.ts";
import { IncidentDetail } from "./incidents/detail.tsx";
import { IncidentPanel, IncidentsPage } from "./incidents/list.tsx";
import { ready, start } from "./live/live.ts";
import { announced } from "./live/store.ts";
import { PatrolsPage } from "./patrols/page.tsx";
import { PlanPanel } from "./plan/plan.tsx";
import { RulesPage } from "./rules/page.tsx";
import { Toasts } from "./ui/basics.tsx";

const wall = document.documentElement.dataset.layout === "wall" ||
  new URLSearchParams(location.search).get("layout") === "wall";

function Page() {
  switch (route.value.page) {
    case "alerts":
      return <AlertList />;
    case "incidents":
      return <IncidentsPage />;
    case "patrols":
      return <PatrolsPage />;
    case "devices":
      return <DevicesPage />;
    case "indicators":
      return <IndicatorsPage />;
    case "rules":
      return <RulesPage />;
    case "quarantine":
      return <QuarantinePage />;
    case "hygiene":
      return <HygienePage />;
    case "health":
      return <HealthPage />;
    default:
      return (
        <div class="overview">
          <AlertList />
          <PlanPanel />
          <IncidentPanel />
        </div>
      );
  }
}

function Sheet() {
  const { alert, incident, device } = route.value;
  if (incident) return <IncidentDetail key={incident} id={incident} />;
  if (alert) return <AlertDetail key={alert} id={alert} />;
  if (device) return <DeviceDetail key={device} id={device} />;
  return null;
}

/** Says a new critical alert to whoever cannot see the list change. */
function Announcer() {
  const a = announced.value;
  return (
    <p class="announcer" aria-live="polite">
      {a && t.value.alerts.newCritical(word(t.value.category, a.category), whereOf(a))}
    </p>
  );
}

function App() {
  const [error, setError] = useState("");
  const [known, setKnown] = useState(false);
  const begin = () => {
    loadSession().then(() => {
      setKnown(true);
      setError("");
      if (!signedOut.value) start();
    }, () => {
      setError(t.value.common.offline);
      setTimeout(begin, 3000);
    });
  };
  useEffect(begin, []);
  if (known && signedOut.value) return <SignIn done={start} />;
  const { alert, incident, device } = route.value;
  const open = incident ? "incident" : alert ? "alert" : device ? "device" : undefined;
  return (
    <div class={`app ${wall ? "wall" : ""} ${open ? "with-drawer" : ""}`} data-ready={ready.value} data-drawer={open}>
      <a class="skip" href="#main" onClick={(e) => skip(e)}>{t.value.common.skip}</a>
      <Header />
      <Kpis />
      {error && <p class="failed banner" role="alert">{error}</p>}
      <div class="work">
        <main id="main" tabIndex={-1}>
          <Page />
        </main>
        <Sheet />
      </div>
      <Announcer />
      <Toasts />
    </div>
  );
}

function skip(e: Event): void {
  e.preventDefault();
  document.getElementById("main")?.focus();
}

effect(() => {
  locale.value;
  document.title = `${t.value.product}${t.value.lang === "en" ? "" : " HoloGrid"} · ${t.value.pages[route.value.page]}`;
});

render(<App />, document.getElementById("app")!);
