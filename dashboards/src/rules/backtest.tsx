import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { api } from "../api/client.ts";
import type { Backtest } from "../api/types.ts";
import { opening } from "../app/route.ts";
import { deviceState } from "../live/store.ts";
import { duration, number, t, time } from "../i18n/index.ts";
import { Chip, Empty, SeverityMark } from "../ui/basics.tsx";
import { type Line, lines } from "./span.ts";

/** The text that is tried; kept while other pages are looked at. */
export const tried = signal({ file: "", text: "" });
const changesOnly = signal(true);
const hours = signal(24);
const result = signal<Backtest | null>(null);
const EXAMPLE = `groups:
  - name: trial
    rules:
      - alert: hot
        on: smoke
        expr: temperature > 55
        labels: { severity: minor, category: OVERHEAT }
`;
const HOURS = [1, 24, 168, 720];

function Tallies({ result }: { result: Backtest }) {
  const words = t.value.rules;
  return (
    <table class="grid figures">
      <thead>
        <tr>
          <th scope="col">{words.rule}</th>
          <th scope="col" class="n">{words.then}</th>
          <th scope="col" class="n">{words.now}</th>
          <th scope="col" class="n">{words.both}</th>
          <th scope="col" class="n">{words.onlyNow}</th>
          <th scope="col" class="n">{words.onlyThen}</th>
          <th scope="col" class="n">{words.timeThen}</th>
          <th scope="col" class="n">{words.timeNow}</th>
        </tr>
      </thead>
      <tbody>
        {result.rules.map((r) => (
          <tr key={r.rule} data-tally={r.rule}>
            <td><code>{r.rule}</code></td>
            <td class="n">{number(r.then)}</td>
            <td class="n">{number(r.now)}</td>
            <td class="n">{number(r.matched)}</td>
            <td class="n">{r.onlyNow ? `+${number(r.onlyNow)}` : ""}</td>
            <td class="n">{r.onlyThen ? `−${number(r.onlyThen)}` : ""}</td>
            <td class="n">{duration(r.secondsThen * 1000)}</td>
            <td class="n">{duration(r.secondsNow * 1000)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function AlertLine({ line }: { line: Line }) {
  const words = t.value.rules;
  const { sign, span, then } = line;
  const subject = <code>{span.subject}</code>;
  return (
    <tr class={sign === "+" ? "added" : sign === "-" ? "gone" : ""}>
      <td>
        <b aria-label={words.sign[sign]} title={words.sign[sign]}>{sign === "-" ? "−" : sign}</b>{" "}
        <SeverityMark severity={span.severity} /> <code>{span.rule}</code>
      </td>
      <td>{deviceState(span.subject) ? <a href={opening({ device: span.subject })}>{subject}</a> : subject}</td>
      <td>{time(span.startedAt)}</td>
      <td class="n">{duration(span.seconds * 1000)}</td>
      <td class="muted">{then && words.was(time(then.startedAt), duration(then.seconds * 1000))}</td>
    </tr>
  );
}

function Result({ result }: { result: Backtest }) {
  const words = t.value.rules;
  const all = lines(result);
  const shown = changesOnly.value ? all.filter((l) => l.sign !== "=" || l.then) : all;
  return (
    <>
      <p>
        {words.summary(number(result.readings), result.from ? time(result.from) : "", time(result.to))}
        {result.cut && <b>{` ${words.cut}`}</b>}
        {result.leftOut > 0 && <span class="muted">{` ${words.leftOut(number(result.leftOut))}`}</span>}
      </p>
      {all.length ? <Tallies result={result} /> : <Empty>{words.nothing}</Empty>}
      {all.length > 0 && (
        <div class="chips tabs">
          <Chip on={changesOnly.value} onToggle={() => changesOnly.value = !changesOnly.value}>{words.changesOnly}</Chip>
        </div>
      )}
      {all.length > 0 && !shown.length && <Empty>{words.noChange}</Empty>}
      {shown.length > 0 && (
        <table class="grid backtest">
          <thead>
            <tr>
              <th scope="col">{words.alert}</th>
              <th scope="col">{words.subject}</th>
              <th scope="col">{words.from}</th>
              <th scope="col" class="n">{words.length}</th>
              <th scope="col">{words.then}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((l) => <AlertLine key={l.sign + l.span.rule + l.span.subject + l.span.startedAt} line={l} />)}
          </tbody>
        </table>
      )}
      {result.unlisted > 0 && <p class="muted">{words.unlisted(number(result.unlisted))}</p>}
    </>
  );
}

/** Which alerts these rules would have raised on what was recorded, beside those that there were. */
export function BacktestForm({ files }: { files: { name: string; text: string }[] }) {
  const words = t.value.rules;
  const [running, setRunning] = useState(false);
  const [error, setError] = useState("");
  const choose = (file: string) => {
    const text = tried.value.text.trim() ? tried.value.text : files.find((f) => f.name === file)?.text ?? "";
    tried.value = { file, text };
  };
  const run = async (e: Event) => {
    e.preventDefault();
    setRunning(true);
    setError("");
    try {
      const from = new Date(Date.now() - hours.value * 3_600_000).toISOString();
      result.value = await api.backtest({ rules: tried.value.text, file: tried.value.file || undefined, from });
    } catch (x) {
      result.value = null;
      setError((x as Error).message);
    }
    setRunning(false);
  };
  return (
    <div class="trial">
      <form onSubmit={run}>
        <label for="tried">{words.explainBacktest}</label>
        <textarea
          id="tried"
          class="code"
          spellcheck={false}
          required
          rows={16}
          placeholder={EXAMPLE}
          value={tried.value.text}
          onInput={(e) => tried.value = { ...tried.value, text: e.currentTarget.value }}
        />
        <div class="inline">
          <label>
            {words.inPlaceOf}
            <select name="file" value={tried.value.file} onChange={(e) => choose(e.currentTarget.value)}>
              <option value="">{words.alone}</option>
              {files.map((f) => <option key={f.name} value={f.name}>{f.name}</option>)}
            </select>
          </label>
          <label>
            {words.span}
            <select value={hours.value} onChange={(e) => hours.value = Number(e.currentTarget.value)}>
              {HOURS.map((h) => <option key={h} value={h}>{words.last(duration(h * 3_600_000))}</option>)}
            </select>
          </label>
          <button type="submit" class="button primary" disabled={running}>{running ? words.running : words.run}</button>
        </div>
      </form>
      {error && <pre tabIndex={0} class="code failed" role="alert">{error}</pre>}
      {result.value && <Result result={result.value} />}
    </div>
  );
}
