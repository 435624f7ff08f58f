import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { go } from "../app/route.ts";
import { t } from "../i18n/index.ts";

interface Props {
  title: string;
  mark?: ComponentChildren;
  children: ComponentChildren;
}

export function closeDrawer(): void {
  go({ alert: null, incident: null, device: null });
}

/** The sheet at the right. Takes the focus when it opens, gives it back when it closes; Escape closes it. */
export function Drawer({ title, mark, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    heading.current?.focus();
    const escape = (e: KeyboardEvent) => {
      if (e.key === "Escape" && !(e.target as HTMLElement).closest?.("select")) closeDrawer();
    };
    document.addEventListener("keydown", escape);
    return () => {
      document.removeEventListener("keydown", escape);
      if (before?.isConnected) before.focus();
    };
  }, []);
  return (
    <aside class="drawer" role="dialog" aria-labelledby="drawer-title">
      <header>
        {mark}
        <h2 id="drawer-title" tabIndex={-1} ref={heading}>{title}</h2>
        <button type="button" class="icon" aria-label={t.value.common.close} onClick={closeDrawer}>
          <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3.2 2 8 6.8 12.8 2 14 3.2 9.2 8l4.8 4.8-1.2 1.2L8 9.2 3.2 14 2 12.8 6.8 8 2 3.2z" /></svg>
        </button>
      </header>
      <div class="body">{children}</div>
    </aside>
  );
}
