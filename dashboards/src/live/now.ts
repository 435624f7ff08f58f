import { signal } from "@preact/signals";

/** Ticks once a second; what shows a time left or an age depends on it. */
export const now = signal(Date.now());
