import { useEffect, useRef, useState } from "preact/hooks";
import type uPlot from "uplot";
import { api } from "../api/client.ts";
import type { History } from "../api/types.ts";
import { number, t, word } from "../i18n/index.ts";
import { Empty, Failed } from "./basics.tsx";

const REFRESH_MS = 4000;

/** Times as the rest of the console writes them; the date only where it is another day's. */
function clock(seconds: number, withSeconds: boolean): string {
  const d = new Date(seconds * 1000);
  const today = d.toDateString() === new Date().toDateString();
  return d.toLocaleString(t.peek().lang, {
    ...(today ? {} : { month: "2-digit", day: "2-digit" }),
    hour: "2-digit",
    minute: "2-digit",
    ...(withSeconds ? { second: "2-digit" } : {}),
    hour12: false,
  });
}

function options(width: number, unit: string): uPlot.Options {
  const axis = {
    stroke: "#9fc3e6",
    font: "11px system-ui, sans-serif",
    grid: { stroke: "rgba(111,147,179,.16)", width: 1 },
    ticks: { stroke: "rgba(111,147,179,.3)", width: 1, size: 4 },
  };
  return {
    width,
    height: 190,
    cursor: { drag: { x: true, y: false }, points: { size: 6 } },
    legend: { show: true, live: true },
    scales: { x: { time: true } },
    axes: [{
      ...axis,
      space: 74,
      values: (_u, ticks, _axis, _space, step) => ticks.map((v) => clock(v, step < 60)),
    }, { ...axis, size: 48 }],
    series: [{ label: t.peek().common.time, value: (_u, v) => v === null ? "–" : clock(v, true) }, {
      label: unit || t.peek().alerts.value,
      stroke: "#46c8ff",
      width: 1.6,
      fill: "rgba(70,200,255,.10)",
      fillTo: (u) => u.scales.y.min ?? 0,
      value: (_u, v) => v === null ? "–" : number(v),
      points: { size: 4 },
    }],
  };
}

/** The history of one metric of one device, read again every few seconds while it is on the screen. */
export function Chart({ device, metric, hours = 1 }: { device: string; metric: string; hours?: number }) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const [history, setHistory] = useState<History | null>(null);
  const [error, setError] = useState("");

  useEffect(() => {
    let gone = false;
    const load = () => {
      const to = Date.now();
      const from = to - hours * 3_600_000;
      api.readings({ device, metric, from: new Date(from).toISOString(), to: new Date(to).toISOString(), points: 600 })
        .then((h) => {
          if (gone) return;
          setHistory(h);
          setError("");
        })
        .catch((e) => {
          if (!gone) setError(e.message);
        });
    };
    setHistory(null);
    load();
    const timer = setInterval(load, REFRESH_MS);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [device, metric, hours]);

  const points = history?.points ?? [];
  useEffect(() => {
    if (!points.length || !box.current) return;
    const data: uPlot.AlignedData = [points.map((p) => p[0] / 1000), points.map((p) => p[1])];
    if (plot.current) {
      plot.current.setData(data);
      return;
    }
    let gone = false;
    import("uplot").then(({ default: UPlot }) => {
      if (gone || !box.current || plot.current) return;
      const unit = `${word(t.peek().metric, metric)}${history?.unit ? ` (${history.unit})` : ""}`;
      plot.current = new UPlot(options(box.current.clientWidth, unit), data, box.current);
    });
    return () => gone = true;
  }, [history]);

  useEffect(() => {
    const observer = new ResizeObserver(() => {
      if (box.current) plot.current?.setSize({ width: box.current.clientWidth, height: 190 });
    });
    if (box.current) observer.observe(box.current);
    return () => {
      observer.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
  }, [device, metric, hours]);

  return (
    <figure class="chart" aria-label={`${device} ${word(t.value.metric, metric)}`}>
      <div ref={box} class="plot" data-points={points.length} />
      {error && <Failed error={error} />}
      {!error && history && !points.length && <Empty>{t.value.devices.noHistory}</Empty>}
    </figure>
  );
}
