import { computed, signal } from "@preact/signals";
import { en } from "./en.ts";
import { type Words, zh } from "./zh.ts";

export type Locale = "zh" | "en";

function preferred(): Locale {
  const kept = globalThis.localStorage?.getItem("hologrid.locale");
  if (kept === "zh" || kept === "en") return kept;
  // Chinese unless the browser says it wants English.
  return globalThis.navigator?.language?.toLowerCase().startsWith("en") ? "en" : "zh";
}

export const locale = signal<Locale>(preferred());
export const t = computed<Words>(() => locale.value === "zh" ? zh : en);

locale.subscribe((l) => {
  if (!globalThis.document) return;
  document.documentElement.lang = l === "zh" ? "zh-CN" : "en";
});

export function switchLocale(): void {
  locale.value = locale.value === "zh" ? "en" : "zh";
  localStorage.setItem("hologrid.locale", locale.value);
}

/** The word for a code the server sent, or the code itself: a new category is shown, not hidden. */
export function word(words: Record<string, string>, code: string | null | undefined): string {
  if (!code) return "";
  return words[code] ?? code.replaceAll("_", " ").toLowerCase();
}

const clockFormat = computed(() =>
  new Intl.DateTimeFormat(t.value.lang, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false })
);
const dateFormat = computed(() =>
  new Intl.DateTimeFormat(t.value.lang, {
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hour12: false,
  })
);
const numberFormat = computed(() => new Intl.NumberFormat(t.value.lang, { maximumFractionDigits: 2 }));

const compactFormat = computed(() =>
  new Intl.NumberFormat(t.value.lang, { notation: "compact", maximumFractionDigits: 1 })
);

/** A large number in few characters: 12.3K, 1.2万. */
export function compact(n: number): string {
  return compactFormat.value.format(n);
}

/** The time of day today, with the date on other days. */
export function time(iso: string | null | undefined): string {
  if (!iso) return "";
  const d = new Date(iso);
  if (Number.isNaN(d.getTime())) return iso;
  const today = new Date().toDateString() === d.toDateString();
  return (today ? clockFormat.value : dateFormat.value).format(d);
}

export function number(n: number | null | undefined): string {
  return n === null || n === undefined ? "–" : numberFormat.value.format(n);
}

/** A share of 1 in per cent; nothing to be counted is a dash. */
export function share(rate: number | null): string {
  return rate === null ? "–" : `${number(Math.round(rate * 1000) / 10)} %`;
}

/** A length of time in the two largest units that matter. */
export function duration(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  const w = t.value.ago;
  if (s < 60) return w.seconds(s);
  if (s < 3600) return w.minutes(Math.floor(s / 60));
  if (s < 86_400) return w.hours(Math.floor(s / 3600), Math.floor(s % 3600 / 60));
  return w.days(Math.floor(s / 86_400), Math.floor(s % 86_400 / 3600));
}
