import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { api } from "../api/client.ts";
import type { Incident } from "../api/types.ts";
import { t, word } from "../i18n/index.ts";
import { snapshot } from "../live/live.ts";
import { incidentById } from "../live/store.ts";
import { toast } from "../ui/basics.tsx";
import { AssigneePicker, refusalText } from "./form.tsx";

export const selected = signal<Set<string>>(new Set());

export function toggleSelected(id: string): void {
  const next = new Set(selected.value);
  if (!next.delete(id)) next.add(id);
  selected.value = next;
}

/** One command for many incidents; those that cannot take it are named with the reason, the others go ahead. */
export function Bulk({ shown }: { shown: Incident[] }) {
  const words = t.value.incidents;
  const [assignee, setAssignee] = useState("");
  const ids = shown.filter((i) => selected.value.has(i.id)).map((i) => i.id);
  const all = shown.length > 0 && ids.length === shown.length;
  const run = async (command: string, fields: Record<string, string>) => {
    try {
      const { done, refused } = await api.bulk({ ids, command, ...fields });
      toast(words.bulkDone(done.length, refused.length), refused.length > 0);
      for (const r of refused.slice(0, 3)) {
        toast(`${incidentById(r.id)?.number ?? r.id}: ${word(t.value.refusal, r.refusal)}`, true);
      }
      selected.value = new Set(refused.map((r) => r.id));
      await snapshot();
    } catch (e) {
      toast(refusalText(e), true);
    }
  };
  return (
    <div class="bulk" role="group" aria-label={words.selected(ids.length)}>
      <label class="check">
        <input
          type="checkbox"
          checked={all}
          onChange={() => selected.value = new Set(all ? [] : shown.map((i) => i.id))}
        />
        {words.selectAll}
      </label>
      <span class="muted">{words.selected(ids.length)}</span>
      <button
        type="button"
        class="button small"
        disabled={!ids.length}
        data-bulk="file"
        onClick={() => run("file", {})}
      >
        {words.bulkFile}
      </button>
      <button
        type="button"
        class="button small"
        disabled={!ids.length}
        data-bulk="acknowledge"
        onClick={() => run("acknowledge", {})}
      >
        {words.bulkAck}
      </button>
      <AssigneePicker value={assignee} set={setAssignee} incident={null} />
      <button
        type="button"
        class="button small"
        disabled={!ids.length || !assignee}
        data-bulk="dispatch"
        onClick={() => run("dispatch", { assignee })}
      >
        {words.bulkDispatch}
      </button>
    </div>
  );
}
