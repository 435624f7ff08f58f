import { signal } from "@preact/signals";
import { api } from "../api/client.ts";
import type { RuleList, RunningRule } from "../api/types.ts";
import { href } from "../app/route.ts";
import { number, t, word } from "../i18n/index.ts";
import { firing } from "../live/store.ts";
import { Chip, Empty, Failed, SeverityMark } from "../ui/basics.tsx";
import { usePolled } from "../ui/polled.ts";
import { BacktestForm, tried } from "./backtest.tsx";
import { SilencesPart } from "./silences.tsx";

const REFRESH_MS = 10_000;
const TABS = ["running", "silences", "backtest"] as const;
const tab = signal<typeof TABS[number]>("running");

/** Opens the file of a rule as the text of a back-test. */
function tryChange(list: RuleList, rule: RunningRule): void {
  tried.value = { file: rule.file, text: list.files.find((f) => f.name === rule.file)?.text ?? rule.text };
  tab.value = "backtest";
}

function Row({ list, rule, count }: { list: RuleList; rule: RunningRule; count: number }) {
  const words = t.value.rules;
  return (
    <tr data-rule={rule.name}>
      <td>
        <details>
          <summary>
            <SeverityMark severity={rule.severity} /> <code>{rule.name}</code>
          </summary>
          <pre tabIndex={0} class="code">{rule.text}</pre>
          <button type="button" class="button small" onClick={() => tryChange(list, rule)}>{words.change}</button>
        </details>
      </td>
      <td>{word(t.value.category, rule.category)}</td>
      <td class="n">{count ? <a href={href({ page: "alerts" })}>{number(count)}</a> : ""}</td>
      <td class="muted">{rule.file}:{rule.line}</td>
      <td class="muted"><code>{rule.version}</code></td>
    </tr>
  );
}

function Running({ list }: { list: RuleList }) {
  const words = t.value.rules;
  const counts = new Map<string, number>();
  for (const alert of firing.value) counts.set(alert.rule, (counts.get(alert.rule) ?? 0) + 1);
  return (
    <>
      {list.errors.length > 0 && (
        <div class="failed" role="alert">
          <p>{words.broken}</p>
          <pre tabIndex={0} class="code">{list.errors.join("\n")}</pre>
        </div>
      )}
      {!list.rules.length && <Empty>{words.none}</Empty>}
      {list.rules.length > 0 && (
        <table class="grid rules">
          <thead>
            <tr>
              <th scope="col">{words.rule}</th>
              <th scope="col">{words.category}</th>
              <th scope="col" class="n">{words.firing}</th>
              <th scope="col">{words.file}</th>
              <th scope="col">{words.version}</th>
            </tr>
          </thead>
          <tbody>
            {list.rules.map((r) => <Row key={r.name} list={list} rule={r} count={counts.get(r.name) ?? 0} />)}
          </tbody>
        </table>
      )}
    </>
  );
}

/** What is watched for, what is held back for a while, and what other rules would have said. */
export function RulesPage() {
  const words = t.value.rules;
  const { value: list, error } = usePolled(api.rules, REFRESH_MS);
  return (
    <section class="panel page" aria-labelledby="rules-title">
      <header>
        <h2 id="rules-title">{words.title}</h2>
        {list && <span class="count">{number(list.rules.length)}</span>}
        <div class="chips" role="group" aria-label={words.title}>
          {TABS.map((x) => <Chip key={x} on={tab.value === x} onToggle={() => tab.value = x}>{words.tab[x]}</Chip>)}
        </div>
      </header>
      {error && <Failed error={error} />}
      <div class="scroll" tabIndex={0} role="region" aria-label={words.tab[tab.value]}>
        {!list && !error && <Empty>{t.value.common.loading}</Empty>}
        {list && tab.value === "running" && <Running list={list} />}
        {list && tab.value === "silences" && <SilencesPart rules={list.rules} />}
        {list && tab.value === "backtest" && <BacktestForm files={list.files} />}
      </div>
    </section>
  );
}
