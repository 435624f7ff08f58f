import type { Incident, Priority } from "../api/types.ts";
import { liesIn } from "../live/places.ts";

/** What of the incidents an operator wants to see; empty fields ask for nothing. */
export interface Filter {
  place: string | null;
  /** A person's id: only what is assigned to them. */
  mine: string | null;
  overdue: boolean;
  supervised: boolean;
  category: string;
  priorities: Set<Priority>;
  text: string;
}

/** Every word of the search must occur in what the list shows of the incident. */
function says(i: Incident, search: string, category: string): boolean {
  const words = search.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return true;
  const hay = [
    i.number,
    i.title,
    category,
    i.place ?? "",
    i.assignee?.name ?? "",
    i.department ?? "",
    ...(i.placePath ?? []).flatMap((p) => [p.name, p.nameEn ?? ""]),
  ].join(" ").toLowerCase();
  return words.every((w) => hay.includes(w));
}

export function wanted(i: Incident, f: Filter, category: string): boolean {
  return liesIn(i.place, i.placePath, f.place) &&
    (f.mine === null || i.assignee?.id === f.mine) &&
    (!f.overdue || !!i.due?.overdue) &&
    (!f.supervised || i.supervised) &&
    (!f.category || i.category === f.category) &&
    (!f.priorities.size || f.priorities.has(i.priority)) &&
    says(i, f.text, category);
}
