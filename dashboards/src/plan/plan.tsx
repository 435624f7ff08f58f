import { useEffect, useRef, useState } from "preact/hooks";
import { api } from "../api/client.ts";
import type { Place } from "../api/types.ts";
import { go, route } from "../app/route.ts";
import { locale, t, word } from "../i18n/index.ts";
import { placeName, sharedStart, shortName } from "../live/places.ts";
import { SEVERITIES } from "../live/severity.ts";
import { incidentTallies, tallies } from "../live/store.ts";
import { Empty, Failed, SeverityMark } from "../ui/basics.tsx";
import { CanvasPlan, parentOf, type Plan } from "./canvas.tsx";
import { byCode, extent, failed, layers, loadDistrict } from "./districts.ts";

/** What lies in the chosen place, with its counts: the way down the tree without a pointer. */
function DrillDown() {
  const place = route.value.place;
  const [children, setChildren] = useState<Place[]>([]);
  const [error, setError] = useState("");
  const words = t.value;
  useEffect(() => {
    let gone = false;
    const load = async () => {
      const page = await api.places(place ? { parent: place, limit: 500 } : { level: "town", limit: 500 });
      if (gone) return;
      setChildren(page.items);
      setError("");
    };
    load().catch((e) => !gone && setError(e.message));
    return () => gone = true;
  }, [place]);
  const shared = sharedStart(children.map((c) => c.nameEn ?? ""));
  const nameOf = (c: Place) =>
    locale.value === "en" && c.nameEn
      ? c.nameEn.slice(shared.lastIndexOf(" ", shared.length - 2) + 1)
      : shortName(c.name, byCode.get(c.parent ?? "")?.name);
  const sorted = [...children].sort((a, b) =>
    (tallies.value.get(b.code)?.total ?? 0) - (tallies.value.get(a.code)?.total ?? 0) || a.code.localeCompare(b.code)
  );
  return (
    <div class="drill" role="list" aria-label={words.plan.children}>
      {error && <Failed error={error} />}
      {!error && place && !children.length && <Empty>{words.plan.nothing}</Empty>}
      {sorted.map((c) => {
        const tally = tallies.value.get(c.code);
        const open = incidentTallies.value.get(c.code) ?? 0;
        return (
          <div role="listitem" key={c.code}>
            <button
              type="button"
              data-place={c.code}
              title={`${c.name}: ${words.alerts.title} ${tally?.total ?? 0} · ${words.incidents.title} ${open} · ${words.devices.title} ${c.devices}`}
              onClick={() => go({ place: c.code })}
            >
              {tally ? <SeverityMark severity={tally.worst} /> : <i class="calm" aria-hidden="true" />}
              <span class="name">{nameOf(c)}</span>
              <span class="count">{tally?.total ?? 0}</span>
              <span class="count incidents" title={words.incidents.title}>{open}</span>
              <span class="count devices" title={words.plan.devices}>{c.devices}</span>
            </button>
          </div>
        );
      })}
    </div>
  );
}

/** The name of a place without that of the place around it. */
function called(code: string): string {
  const shape = byCode.get(code);
  const outer = byCode.get(shape?.parent ?? "");
  return shape ? shortName(placeName(shape), outer && placeName(outer)) : code;
}

function Trail() {
  const words = t.value.plan;
  layers.value; // the names come with the outlines
  const codes: string[] = [];
  for (let c: string | null = route.value.place; c; c = parentOf(c)) codes.unshift(c);
  return (
    <nav class="trail" aria-label={words.title}>
      <button type="button" onClick={() => go({ place: null })} aria-current={codes.length ? undefined : "true"}>
        {words.whole}
      </button>
      {codes.map((c) => (
        <button type="button" key={c} onClick={() => go({ place: c })} aria-current={c === route.value.place ? "true" : undefined}>
          {called(c)}
        </button>
      ))}
    </nav>
  );
}

/** Tells what the pointer is over. */
function Hover({ plan }: { plan: Plan | null }) {
  const shape = plan?.hovered.value;
  if (!shape) return null;
  const tally = tallies.value.get(shape.code);
  return (
    <div class="hover" aria-hidden="true">
      <b>{placeName(shape)}</b> <span class="muted">{word(t.value.level, shape.level)}</span>
      <span class="severities">
        {SEVERITIES.filter((s) => tally?.counts[s]).map((s) => (
          <span key={s}>
            <SeverityMark severity={s} /> {tally!.counts[s]}
          </span>
        ))}
      </span>
    </div>
  );
}

export function PlanPanel() {
  const [plan, setPlan] = useState<Plan | null>(null);
  const [rich, setRich] = useState(false);
  const [noGl, setNoGl] = useState(false);
  const gl = useRef<HTMLDivElement>(null);
  const words = t.value.plan;
  useEffect(() => {
    loadDistrict();
  }, []);
  const ready = Object.keys(layers.value).length >= 4;
  useEffect(() => {
    if (!rich || !gl.current) return;
    let close: (() => void) | null = null;
    let gone = false;
    import("./rich.ts").then((m) => m.openRichMap(gl.current!)).then(
      (c) => gone ? c() : close = c,
      () => {
        setNoGl(true);
        setRich(false);
      },
    );
    return () => {
      gone = true;
      close?.();
    };
  }, [rich]);
  return (
    <section class="panel plan" aria-labelledby="plan-title">
      <header>
        <h2 id="plan-title">{words.title}</h2>
        <Trail />
        <div class="chips right">
          <button type="button" class="chip" aria-pressed={rich} disabled={!ready} onClick={() => setRich(!rich)}>
            {words.view3d}
          </button>
        </div>
      </header>
      <div class="stage">
        {rich ? <div ref={gl} class="map gl" /> : <CanvasPlan attach={setPlan} />}
        {!rich && (
          <div class="zoom">
            <button type="button" aria-label={words.zoomIn} title={words.zoomIn} onClick={() => plan?.zoom(1.6)}>+</button>
            <button type="button" aria-label={words.zoomOut} title={words.zoomOut} onClick={() => plan?.zoom(1 / 1.6)}>
              −
            </button>
            <button
              type="button"
              aria-label={words.fit}
              title={words.fit}
              onClick={() => route.value.place ? go({ place: null }) : plan?.glide(extent())}
            >
              ⤢
            </button>
          </div>
        )}
        {!rich && <Hover plan={plan} />}
        {failed.value && <Failed error={failed.value} retry={loadDistrict} />}
        {!failed.value && !layers.value.TOWN && <p class="loading">{words.loading}</p>}
        <p class="disclaimer">{noGl ? `${words.noWebgl} · ` : ""}{words.schematic}</p>
      </div>
      <DrillDown />
    </section>
  );
}
