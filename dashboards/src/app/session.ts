import { computed, signal } from "@preact/signals";
import { actor, api, Refused, signedOut } from "../api/client.ts";
import type { Person, Session } from "../api/types.ts";

export const session = signal<Session | null>(null);
export const people = signal<Person[]>([]);

export const me = computed(() =>
  session.value?.mode === "open" && actor.value
    ? people.value.find((p) => p.id === actor.value) ?? session.value?.user ?? null
    : session.value?.user ?? null
);

/** Who may be given an incident: those who handle, the ones on duty first. */
export const assignees = computed(() =>
  people.value
    .filter((p) => p.roles.some((r) => r === "officer" || r === "handler"))
    .sort((a, b) => Number(b.onDuty) - Number(a.onDuty) || a.name.localeCompare(b.name, "zh"))
);

export async function loadSession(): Promise<void> {
  try {
    session.value = await api.session();
    signedOut.value = session.value.mode === "password" && !session.value.user;
  } catch (e) {
    if (!(e instanceof Refused) || e.status !== 401) throw e;
    session.value = { user: null, mode: "password" };
    signedOut.value = true;
  }
  if (!signedOut.value) await loadPeople();
}

export async function loadPeople(): Promise<void> {
  people.value = (await api.people()).items;
  if (actor.value && session.value?.mode === "open" && !people.value.some((p) => p.id === actor.value)) {
    actor.value = null;
  }
}
