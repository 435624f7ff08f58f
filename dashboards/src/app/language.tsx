import { switchLocale, t } from "../i18n/index.ts";

export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
      <path d="M16 3.5 27 9.8v12.4L16 28.5 5 22.2V9.8z" />
      <path d="M5 9.8 16 16l11-6.2M16 16v12.5" opacity=".6" />
      <circle cx="16" cy="16" r="2.7" />
    </svg>
  );
}

export function LanguageSwitch() {
  return (
    <button
      type="button"
      class="button quiet language"
      onClick={switchLocale}
      lang={t.value.lang === "en" ? "zh-CN" : "en"}
      title={t.value.session.languageLabel}
    >
      {t.value.session.language}
    </button>
  );
}
