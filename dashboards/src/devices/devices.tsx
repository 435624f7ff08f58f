import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { api } from "../api/client.ts";
import type { Device } from "../api/types.ts";
import { PlaceFilter } from "../app/placefilter.tsx";
import { opening, route } from "../app/route.ts";
import { t, time, word } from "../i18n/index.ts";
import { pathText } from "../live/places.ts";
import { deviceState, devicesVersion } from "../live/store.ts";
import { Chip, Empty, Failed, Value } from "../ui/basics.tsx";
import { Chart } from "../ui/chart.tsx";
import { Drawer } from "../ui/drawer.tsx";
import { usePolled } from "../ui/polled.ts";
import { Windowed } from "../ui/windowed.tsx";

const REFRESH_MS = 5_000;
const kind = signal("");
const state = signal("");

export function StateDot({ state }: { state: string }) {
  return <span class={`dot ${state}`}>{word(t.value.device, state)}</span>;
}

function DeviceRow({ device: d }: { device: Device }) {
  devicesVersion.value;
  const words = t.value;
  return (
    <div role="listitem" class="row device" key={d.id}>
      <a href={opening({ device: d.id })} aria-current={route.value.device === d.id ? "true" : undefined}>
        <code class="name">{d.id}</code>
        <span class="kind">{word(words.kind, d.kind)}</span>
        <span class="where">{pathText(d.placePath, 5) || d.place}</span>
        <span class="values">
          {Object.entries(d.values ?? {}).slice(0, 3).map(([k, v]) => (
            <span key={k}>{word(words.metric, k)} <Value name={k} value={v} /></span>
          ))}
        </span>
        <StateDot state={deviceState(d.id) ?? d.state} />
        <span class="age">{d.lastSeenAt ? time(d.lastSeenAt) : words.devices.never}</span>
      </a>
    </div>
  );
}

export function DevicesPage() {
  const words = t.value.devices;
  const [items, setItems] = useState<Device[]>([]);
  const [next, setNext] = useState<string | null | undefined>(null);
  const [error, setError] = useState("");
  const [loading, setLoading] = useState(true);
  const load = (cursor?: string) => {
    setLoading(true);
    api.devices({ place: route.value.place, kind: kind.value, state: state.value, limit: 200, cursor })
      .then((page) => {
        setItems((old) => cursor ? [...old, ...page.items] : page.items);
        setNext(page.next);
        setError("");
      })
      .catch((e) => setError(e.message))
      .finally(() => setLoading(false));
  };
  useEffect(() => load(), [kind.value, state.value, route.value.place]);
  return (
    <section class="panel page devices" aria-labelledby="devices-title">
      <header>
        <h2 id="devices-title">{words.title}</h2>
        <span class="total">{items.length}{next ? "+" : ""}</span>
        <PlaceFilter />
        <div class="chips" role="group" aria-label={words.kind}>
          {["", "smoke", "camera", "access"].map((k) => (
            <Chip key={k} on={kind.value === k} onToggle={() => kind.value = k}>{k ? word(t.value.kind, k) : words.all}</Chip>
          ))}
        </div>
        <div class="chips right" role="group" aria-label={words.state}>
          {["", "online", "offline", "unknown"].map((s) => (
            <Chip key={s} on={state.value === s} onToggle={() => state.value = s}>
              {s ? word(t.value.device, s) : words.all}
            </Chip>
          ))}
        </div>
      </header>
      {error && <Failed error={error} retry={() => load()} />}
      {!error && !items.length && <Empty>{loading ? t.value.common.loading : words.none}</Empty>}
      {items.length > 0 && (
        <Windowed items={items} rowHeight={40} label={words.title} row={(d) => <DeviceRow device={d} />} />
      )}
      {next && (
        <button type="button" class="button" onClick={() => load(next)} disabled={loading}>{words.more}</button>
      )}
    </section>
  );
}

export function DeviceDetail({ id }: { id: string }) {
  const words = t.value;
  const { value: device, error } = usePolled(() => api.device(id), REFRESH_MS, [id]);
  const [metric, setMetric] = useState("");
  const [hours, setHours] = useState(1);
  devicesVersion.value;
  const numeric = Object.entries(device?.values ?? {}).filter(([, v]) => typeof v === "number").map(([k]) => k);
  const shown = metric || numeric[0];
  return (
    <Drawer title={id}>
      {error && <Failed error={error} />}
      {device && (
        <>
          <p class="lead"><StateDot state={deviceState(id) ?? device.state} /> {word(words.kind, device.kind)}</p>
          <dl class="facts">
            <dt>{words.common.place}</dt>
            <dd>{pathText(device.placePath, 5) || device.place}</dd>
            {device.floor !== null && device.floor !== undefined && (
              <>
                <dt>{words.devices.floor}</dt>
                <dd>{device.floor}</dd>
              </>
            )}
            <dt>{words.devices.lastSeen}</dt>
            <dd>{device.lastSeenAt ? time(device.lastSeenAt) : words.devices.never}</dd>
          </dl>
          <h3>{words.devices.values}</h3>
          <div class="tiles">
            {Object.entries(device.values ?? {}).map(([k, v]) => (
              <div class="tile" key={k}>
                <span>{word(words.metric, k)}</span>
                <Value name={k} value={v} />
              </div>
            ))}
          </div>
          {shown && (
            <>
              <h3>{words.alerts.history}</h3>
              <div class="chips">
                {numeric.map((m) => <Chip key={m} on={m === shown} onToggle={() => setMetric(m)}>{word(words.metric, m)}</Chip>)}
                <span class="gap" />
                {[1, 6, 24].map((h) => <Chip key={h} on={h === hours} onToggle={() => setHours(h)}>{words.devices.hours(h)}</Chip>)}
              </div>
              <Chart key={`${id} ${shown} ${hours}`} device={id} metric={shown} hours={hours} />
            </>
          )}
        </>
      )}
    </Drawer>
  );
}
