import { signal } from "@preact/signals";
import { t } from "../i18n/index.ts";

export interface Position {
  lat: number;
  lon: number;
  accuracy: number;
}

/** Where the officer is, when the browser may tell (it needs HTTPS or localhost, and the officer's consent). */
export const position = signal<Position | null>(null);

export function watchPosition(): void {
  if (!navigator.geolocation || !isSecureContext) return;
  navigator.geolocation.watchPosition(
    ({ coords }) => position.value = { lat: coords.latitude, lon: coords.longitude, accuracy: coords.accuracy },
    () => position.value = null,
    { enableHighAccuracy: true, maximumAge: 15_000, timeout: 20_000 },
  );
}

/** Metres between two points, good enough for a district. */
export function metres(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  const k = Math.PI / 180;
  const x = (b.lon - a.lon) * k * Math.cos((a.lat + b.lat) / 2 * k);
  const y = (b.lat - a.lat) * k;
  return Math.hypot(x, y) * 6_371_000;
}

/** A distance as an officer reads it, to ten metres; nothing where it is not known. */
export function distanceText(m: number | undefined): string {
  if (m === undefined) return "";
  const words = t.value.mobile;
  return m < 1000 ? words.metres(Math.round(m / 10) * 10) : words.kilometres((m / 1000).toFixed(1));
}
