import { useEffect, useState } from "preact/hooks";
import { api } from "../api/client.ts";
import type { RunningRule, Silence } from "../api/types.ts";
import { PlaceFilter } from "../app/placefilter.tsx";
import { route } from "../app/route.ts";
import { me, people } from "../app/session.ts";
import { duration, t, time, word } from "../i18n/index.ts";
import { now } from "../live/now.ts";
import { Empty, Failed, toast } from "../ui/basics.tsx";

const HOURS = [1, 4, 24, 168];

function mayChange(): boolean {
  return me.value?.roles.some((r) => r === "supervisor" || r === "admin") ?? false;
}

function what(s: Silence): string {
  const parts = [
    ...s.rules.map((r) => word(t.value.category, r)),
    ...s.devices,
    ...(s.place ? [s.place] : []),
    ...Object.entries(s.labels).map(([k, v]) => `${k}=${v}`),
  ];
  return parts.join(" · ");
}

function Form({ rules, done }: { rules: RunningRule[]; done: () => void }) {
  const words = t.value.rules;
  const [rule, setRule] = useState("");
  const [device, setDevice] = useState("");
  const [comment, setComment] = useState("");
  const [hours, setHours] = useState(1);
  const submit = async (e: Event) => {
    e.preventDefault();
    try {
      await api.addSilence({
        comment,
        rules: rule ? [rule] : [],
        devices: device.trim() ? device.trim().split(/[\s,]+/) : [],
        place: route.value.place ?? undefined,
        until: new Date(Date.now() + hours * 3_600_000).toISOString(),
      });
      setComment("");
      setDevice("");
      toast(words.silenced);
      done();
    } catch (x) {
      toast((x as Error).message, true);
    }
  };
  return (
    <form class="inline" onSubmit={submit}>
      <label>
        {words.rule}
        <select name="rule" value={rule} onChange={(e) => setRule(e.currentTarget.value)}>
          <option value="">{t.value.common.all}</option>
          {rules.map((r) => <option key={r.name} value={r.name}>{r.name}</option>)}
        </select>
      </label>
      <label>
        {t.value.common.place}
        <PlaceFilter />
      </label>
      <label>
        {words.devices}
        <input name="devices" value={device} onInput={(e) => setDevice(e.currentTarget.value)} placeholder="sm-1, sm-2" />
      </label>
      <label>
        {words.length}
        <select name="hours" value={hours} onChange={(e) => setHours(Number(e.currentTarget.value))}>
          {HOURS.map((h) => <option key={h} value={h}>{duration(h * 3_600_000)}</option>)}
        </select>
      </label>
      <label class="wide">
        {words.comment}
        <input name="comment" required value={comment} onInput={(e) => setComment(e.currentTarget.value)} />
      </label>
      <button type="submit" class="button primary">{words.silence}</button>
    </form>
  );
}

/** What is held back now and until when; nothing is silenced without an end. */
export function SilencesPart({ rules }: { rules: RunningRule[] }) {
  const words = t.value.rules;
  const [items, setItems] = useState<Silence[] | null>(null);
  const [error, setError] = useState("");
  const look = () =>
    api.silences().then((s) => {
      setItems(s.items);
      setError("");
    }, (e) => setError(e.message));
  useEffect(() => {
    look();
  }, []);
  const remove = async (id: string) => {
    try {
      await api.removeSilence(id);
    } catch (x) {
      toast((x as Error).message, true);
    }
    look();
  };
  const open = (items ?? []).filter((s) => Date.parse(s.until) > now.value);
  return (
    <>
      <p class="muted">{words.explainSilence}</p>
      {mayChange() ? <Form rules={rules} done={look} /> : <p class="muted">{words.onlySupervisors}</p>}
      {error && <Failed error={error} retry={look} />}
      {items && !open.length && <Empty>{words.noSilence}</Empty>}
      {open.length > 0 && (
        <table class="grid">
          <thead>
            <tr>
              <th scope="col">{words.what}</th>
              <th scope="col">{words.comment}</th>
              <th scope="col">{words.by}</th>
              <th scope="col">{words.from}</th>
              <th scope="col">{words.until}</th>
              <th scope="col"></th>
            </tr>
          </thead>
          <tbody>
            {open.map((s) => (
              <tr key={s.id} data-silence={s.id}>
                <td>{what(s)}</td>
                <td>{s.comment}</td>
                <td>{people.value.find((p) => p.id === s.by)?.name ?? s.by}</td>
                <td>{time(s.from)}</td>
                <td>
                  {time(s.until)} <small>{duration(Date.parse(s.until) - now.value)}</small>
                </td>
                <td>
                  {mayChange() && (
                    <button type="button" class="button small" onClick={() => remove(s.id)}>{words.end}</button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
