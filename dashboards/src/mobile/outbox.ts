import { signal } from "@preact/signals";
import { api, Refused } from "../api/client.ts";

/** One thing an officer did that the server may not know yet. Its key makes sending it twice harmless. */
export interface Waiting {
  key: string;
  incident: string;
  body: Record<string, unknown>;
  at: number;
  /** Why the server would not have it; such an entry waits for the officer, not for the network. */
  refused?: string;
}

interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const KEPT = "hologrid.outbox";

/**
 * What was done without a network, in order. Sent one by one: an entry leaves only when the server took it or said no.
 * A refusal sets its incident's later entries aside with it, since they were meant to follow.
 */
export class Outbox {
  readonly entries = signal<Waiting[]>([]);
  #sending = false;

  constructor(
    readonly shelf: Shelf,
    readonly send: (incident: string, body: Record<string, unknown>) => Promise<unknown>,
  ) {
    try {
      this.entries.value = JSON.parse(shelf.getItem(KEPT) ?? "[]");
    } catch {
      this.entries.value = [];
    }
  }

  #keep(entries: Waiting[]): void {
    this.entries.value = entries;
    this.shelf.setItem(KEPT, JSON.stringify(entries));
  }

  add(incident: string, body: Record<string, unknown>, key: string, at: number): void {
    this.#keep([...this.entries.value, { key, incident, body: { ...body, key }, at }]);
  }

  drop(key: string): void {
    this.#keep(this.entries.value.filter((e) => e.key !== key));
  }

  /** Sends what waits; ends at the first entry that the network does not carry. True when nothing sendable is left. */
  async flush(): Promise<boolean> {
    if (this.#sending) return false;
    this.#sending = true;
    try {
      for (;;) {
        const blocked = new Set(this.entries.value.filter((e) => e.refused).map((e) => e.incident));
        const next = this.entries.value.find((e) => !e.refused && !blocked.has(e.incident));
        if (!next) return true;
        try {
          await this.send(next.incident, next.body);
          this.drop(next.key);
        } catch (e) {
          if (!(e instanceof Refused) || e.status >= 500 || e.status === 429 || e.status === 401) return false;
          const why = e.problem.refusal ?? e.message;
          this.#keep(this.entries.value.map((x) => x.key === next.key ? { ...x, refused: why } : x));
        }
      }
    } finally {
      this.#sending = false;
    }
  }
}

export function browserOutbox(): Outbox {
  return new Outbox(localStorage, api.command);
}
