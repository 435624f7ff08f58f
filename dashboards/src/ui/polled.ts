import { useEffect, useState } from "preact/hooks";

/** Reads something again every few seconds while its page is open, and when one of `by` changes. */
export function usePolled<T>(read: () => Promise<T>, everyMs: number, by: unknown[] = []): { value: T | null; error: string } {
  const [value, setValue] = useState<T | null>(null);
  const [error, setError] = useState("");
  useEffect(() => {
    let gone = false;
    const load = () =>
      read().then((v) => {
        if (gone) return;
        setValue(() => v);
        setError("");
      }, (e) => !gone && setError(e.message));
    load();
    const timer = setInterval(load, everyMs);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, by);
  return { value, error };
}
