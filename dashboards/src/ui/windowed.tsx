import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

/** Which rows of a long list are worth having in the document. */
export function visibleRange(count: number, rowHeight: number, scrollTop: number, height: number): [number, number] {
  const overscan = 12;
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - overscan);
  const last = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + overscan);
  return [Math.min(first, count), last];
}

export const WINDOW_ABOVE = 200;

interface Props<T> {
  items: T[];
  rowHeight: number;
  row: (item: T, index: number) => ComponentChildren;
  label: string;
}

/** A scrolling list of rows of one height. Up to 200 rows all are there; above, only those in sight. */
export function Windowed<T>({ items, rowHeight, row, label }: Props<T>) {
  const box = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState<[number, number]>([0, 60]);
  const long = items.length > WINDOW_ABOVE;
  const measure = () => {
    const b = box.current;
    if (!b) return;
    const next = visibleRange(items.length, rowHeight, b.scrollTop, b.clientHeight);
    if (next[0] !== range[0] || next[1] !== range[1]) setRange(next);
  };
  useEffect(() => {
    if (long) measure();
  }, [items.length]);
  const [from, to] = long ? range : [0, items.length];
  return (
    <div class="rows" ref={box} onScroll={long ? measure : undefined} role="list" aria-label={label} tabIndex={-1}>
      {long && <div aria-hidden="true" style={{ height: `${from * rowHeight}px` }} />}
      {items.slice(from, to).map((item, i) => row(item, from + i))}
      {long && <div aria-hidden="true" style={{ height: `${(items.length - Math.min(to, items.length)) * rowHeight}px` }} />}
    </div>
  );
}
