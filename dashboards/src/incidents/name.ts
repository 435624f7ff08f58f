import type { Incident } from "../api/types.ts";
import { t, word } from "../i18n/index.ts";

/** What to call an incident: the category's word for one that sensors opened, the person's own title else. */
export function incidentName(i: Incident): string {
  const known = t.value.category[i.category];
  return i.origin === "SENSOR" && known ? known : i.title || word(t.value.category, i.category);
}
