import { useState } from "preact/hooks";
import type { Incident } from "../api/types.ts";
import { t, word } from "../i18n/index.ts";
import { incidentName } from "../incidents/name.ts";
import { pathText } from "../live/places.ts";
import { Due, PriorityMark, toast } from "../ui/basics.tsx";
import type { Outbox } from "./outbox.ts";
import { shrink } from "./photo.ts";
import { distanceText, position } from "./position.ts";

interface Props {
  incident: Incident;
  metres: number | undefined;
  outbox: Outbox;
  sent: () => void;
}

/** One incident as an officer sees it: where, how long, and the one next thing to do. */
export function Job({ incident: i, metres, outbox, sent }: Props) {
  const words = t.value;
  const [writing, setWriting] = useState(false);
  const waiting = outbox.entries.value.filter((e) => e.incident === i.id);
  const did = (command: string) => waiting.some((e) => e.body.command === command);
  const doIt = (body: Record<string, unknown>) => {
    outbox.add(i.id, body, crypto.randomUUID?.() ?? `${Date.now()}${Math.random()}`, Date.now());
    outbox.flush().then((done) => {
      if (done) {
        toast(words.mobile.sent);
        sent();
      }
    });
  };
  const arrive = () => {
    const p = position.value;
    doIt({
      command: "comment",
      note: p
        ? words.mobile.checkIn(p.lat.toFixed(5), p.lon.toFixed(5), Math.round(p.accuracy))
        : words.mobile.checkInNoPosition,
    });
  };
  const state = did("feedback") ? "FEEDBACK" : did("accept") && i.state === "DISPATCHED" ? "HANDLING" : i.state;
  return (
    <article class="job" data-job={i.id} data-state={state}>
      <h2>
        <PriorityMark priority={i.priority} /> {incidentName(i)}
      </h2>
      <p class="muted">{pathText(i.placePath, 4) || i.place}</p>
      <p class="line">
        <span class={`state s-${state}`}>{word(words.state, state)}</span>
        <span class="muted">{distanceText(metres)}</span>
        <Due due={i.due} />
      </p>
      <div class="buttons">
        {state === "DISPATCHED" && (
          <button type="button" class="button primary" data-do="accept" onClick={() => doIt({ command: "accept" })}>
            {words.mobile.accept}
          </button>
        )}
        {state === "HANDLING" && (
          <>
            <button type="button" class="button" data-do="arrive" disabled={did("comment")} onClick={arrive}>
              {did("comment") ? words.mobile.arrived : words.mobile.arrive}
            </button>
            <button
              type="button"
              class="button primary"
              data-do="feedback"
              aria-expanded={writing}
              onClick={() => setWriting(!writing)}
            >
              {words.mobile.feedback}
            </button>
          </>
        )}
      </div>
      {writing && state === "HANDLING" && (
        <Feedback
          send={(note, photos) => {
            setWriting(false);
            doIt({ command: "feedback", note, ...(photos.length ? { photos } : {}) });
          }}
        />
      )}
    </article>
  );
}

function Feedback({ send }: { send: (note: string, photos: string[]) => void }) {
  const words = t.value.mobile;
  const [note, setNote] = useState("");
  const [photos, setPhotos] = useState<string[]>([]);
  return (
    <form
      class="command"
      onSubmit={(e) => {
        e.preventDefault();
        send(note, photos);
      }}
    >
      <label>
        {words.note}
        <textarea name="note" rows={3} required value={note} onInput={(e) => setNote(e.currentTarget.value)} />
      </label>
      <label>
        {photos.length ? words.photoTaken(Math.round(photos[0].length * 0.75 / 1024)) : words.photo}
        <input
          type="file"
          accept="image/*"
          capture="environment"
          onChange={(e) => {
            const file = e.currentTarget.files?.[0];
            if (file) shrink(file).then((p) => setPhotos([p]), () => setPhotos([]));
          }}
        />
      </label>
      <button type="submit" class="button primary">{words.done}</button>
    </form>
  );
}
