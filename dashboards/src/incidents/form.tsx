import { useState } from "preact/hooks";
import { api, Refused } from "../api/client.ts";
import type { Incident, Person } from "../api/types.ts";
import { assignees, people } from "../app/session.ts";
import { t, word } from "../i18n/index.ts";
import { liesIn } from "../live/places.ts";
import { putIncident } from "../live/store.ts";
import { toast } from "../ui/basics.tsx";
import { commandBody, type Fields, isRequired, needsOf, resolutionsFor } from "./process.ts";

/** A refusal in the operator's words, with the server's sentence where it says more. */
export function refusalText(e: unknown): string {
  if (!(e instanceof Refused)) return t.value.common.offline;
  const kind = e.problem.refusal;
  const known = kind ? t.value.refusal[kind] : undefined;
  return known ? (e.problem.detail ? `${known} — ${e.problem.detail}` : known) : e.message;
}

function near(p: Person, incident: Incident | null): boolean {
  return !!incident && !!p.scope && liesIn(incident.place, incident.placePath, p.scope) && p.scope.length > 6;
}

export function AssigneePicker(
  { value, set, incident }: { value: string; set: (v: string) => void; incident: Incident | null },
) {
  const words = t.value;
  const listed = assignees.value.length ? assignees.value : people.value;
  const local = listed.filter((p) => near(p, incident));
  const others = listed.filter((p) => !near(p, incident));
  const option = (p: Person) => (
    <option key={p.id} value={p.id}>
      {p.name} · {p.roles.map((r) => word(words.role, r)).join("/")}
      {" · "}
      {p.onDuty ? words.incidents.onDuty : words.incidents.offDuty}
    </option>
  );
  return (
    <select name="assignee" required value={value} onChange={(e) => set(e.currentTarget.value)}>
      <option value="">{words.incidents.choosePerson}</option>
      {local.length > 0 && <optgroup label={incident?.placePath.at(-2)?.name ?? "★"}>{local.map(option)}</optgroup>}
      {local.length > 0 ? <optgroup label={words.common.all}>{others.map(option)}</optgroup> : others.map(option)}
    </select>
  );
}

interface FieldProps {
  name: string;
  value: string;
  set: (v: string) => void;
  incident: Incident;
}

function Field({ name, value, set, incident }: FieldProps) {
  const words = t.value;
  const required = isRequired(name);
  if (name === "assignee") return <AssigneePicker value={value} set={set} incident={incident} />;
  if (name === "resolution") {
    return (
      <select name={name} required value={value} onChange={(e) => set(e.currentTarget.value)}>
        <option value="">{words.incidents.choosePerson}</option>
        {resolutionsFor(incident.origin).map((r) => <option key={r} value={r}>{word(words.resolution, r)}</option>)}
      </select>
    );
  }
  if (name === "approved" || name === "passed") {
    return (
      <select name={name} required value={value} onChange={(e) => set(e.currentTarget.value)}>
        <option value="">{words.incidents.choosePerson}</option>
        <option value="yes">{words.incidents.yes}</option>
        <option value="no">{words.incidents.no}</option>
      </select>
    );
  }
  if (name === "until" || name === "dueAt") {
    return (
      <input type="datetime-local" name={name} required value={value} onInput={(e) => set(e.currentTarget.value)} />
    );
  }
  if (name === "parent") {
    return <input name={name} required value={value} onInput={(e) => set(e.currentTarget.value)} />;
  }
  return (
    <textarea name={name} rows={2} required={required} value={value} onInput={(e) => set(e.currentTarget.value)} />
  );
}

/** The small form of one command: what it needs, and the two buttons. */
export function CommandForm({ incident, command, done }: { incident: Incident; command: string; done: () => void }) {
  const needs = needsOf(incident, command);
  const [fields, setFields] = useState<Fields>({});
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState("");
  const [key] = useState(() => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`);
  const words = t.value;
  const submit = async (e: Event) => {
    e.preventDefault();
    setBusy(true);
    setRefused("");
    try {
      putIncident(await api.command(incident.id, commandBody(command, fields, incident.version, key)));
      toast(`${incident.number} · ${word(words.command, command)} · ${words.incidents.done}`);
      done();
    } catch (problem) {
      setRefused(refusalText(problem));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form class="command" onSubmit={submit} data-command={command} aria-label={word(words.command, command)}>
      {needs.map((name) => (
        <label key={name}>
          <span>{word(words.field, name)}{isRequired(name) && <i aria-hidden="true">*</i>}</span>
          <Field
            name={name}
            incident={incident}
            value={fields[name] ?? ""}
            set={(v) => setFields((f) => ({ ...f, [name]: v }))}
          />
        </label>
      ))}
      {refused && <p class="failed" role="alert">{words.incidents.refused}: {refused}</p>}
      <div class="buttons">
        <button type="submit" class="button primary" disabled={busy}>
          {busy ? words.incidents.closing : `${words.incidents.submit} · ${word(words.command, command)}`}
        </button>
        <button type="button" class="button" onClick={done}>{words.incidents.cancel}</button>
      </div>
    </form>
  );
}
