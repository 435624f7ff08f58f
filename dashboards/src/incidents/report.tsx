import { useState } from "preact/hooks";
import { api } from "../api/client.ts";
import { go, route } from "../app/route.ts";
import { t } from "../i18n/index.ts";
import { putIncident } from "../live/store.ts";
import { refusalText } from "./form.tsx";

/** What a person can report; the rest of the categories come from sensors. */
const REPORTABLE = [
  "SAFETY_HAZARD",
  "FIRE_SMOKE",
  "FIRE_LANE_BLOCKED",
  "EBIKE_INDOOR_CHARGING",
  "EBIKE_IN_LIFT",
  "GAS_LEAK",
  "DOOR_FORCED",
  "INTRUSION",
  "CROWD",
  "ELDERLY_SILENCE",
  "ORDER_WASTE",
  "ORDER_ROAD",
  "ORDER_RUBBLE",
  "ORDER_ILLEGAL_BUILDING",
  "ORDER_STALL",
  "ORDER_PARKING",
  "DISPUTE_NEIGHBOUR",
  "DISPUTE_PROPERTY",
  "DISPUTE_LABOUR",
  "DISPUTE_CONSUMER",
  "DISPUTE_FAMILY",
];

export function ReportForm({ done }: { done: () => void }) {
  const [category, setCategory] = useState(REPORTABLE[0]);
  const [place, setPlace] = useState(route.value.place ?? "");
  const [title, setTitle] = useState("");
  const [description, setDescription] = useState("");
  const [error, setError] = useState("");
  const words = t.value;
  const submit = async (e: Event) => {
    e.preventDefault();
    try {
      const made = await api.report({ category, place, title, description, origin: "COMMAND" });
      putIncident(made);
      done();
      go({ incident: made.id, alert: null, device: null });
    } catch (problem) {
      setError(refusalText(problem));
    }
  };
  return (
    <form class="command report" onSubmit={submit} aria-label={words.incidents.report}>
      <label>
        <span>{words.field.category}</span>
        <select name="category" value={category} onChange={(e) => setCategory(e.currentTarget.value)}>
          {REPORTABLE.map((c) => <option key={c} value={c}>{words.category[c]}</option>)}
        </select>
      </label>
      <label>
        <span>{words.field.place}<i aria-hidden="true">*</i></span>
        <input name="place" required value={place} onInput={(e) => setPlace(e.currentTarget.value)} />
      </label>
      <label>
        <span>{words.field.title}<i aria-hidden="true">*</i></span>
        <input name="title" required maxLength={120} value={title} onInput={(e) => setTitle(e.currentTarget.value)} />
      </label>
      <label>
        <span>{words.field.description}</span>
        <textarea name="description" rows={2} value={description} onInput={(e) => setDescription(e.currentTarget.value)} />
      </label>
      {error && <p class="failed" role="alert">{words.incidents.refused}: {error}</p>}
      <div class="buttons">
        <button type="submit" class="button primary">{words.incidents.submit}</button>
        <button type="button" class="button" onClick={done}>{words.incidents.cancel}</button>
      </div>
    </form>
  );
}
