import { useEffect, useState } from "preact/hooks";
import { api } from "../api/client.ts";
import type { SignInWays } from "../api/types.ts";
import { locale, t } from "../i18n/index.ts";
import { LanguageSwitch, Logo } from "./language.tsx";
import { loadSession } from "./session.ts";

/** The page to come back to. */
function here(): string {
  return location.pathname + location.hash;
}

export function SignIn({ done }: { done: () => void }) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [error, setError] = useState("");
  const [ways, setWays] = useState<SignInWays | null>(null);
  const words = t.value;
  // Without an answer the password form stays: it says by itself what is wrong.
  useEffect(() => {
    api.ways().then(setWays, () => {});
  }, []);
  const openid = ways?.openid;
  const submit = async (e: Event) => {
    e.preventDefault();
    try {
      await api.signIn(name, password);
      await loadSession();
      done();
    } catch (_) {
      setError(words.session.wrong);
    }
  };
  return (
    <main class="signin">
      <form onSubmit={submit}>
        <Logo />
        <h1>{words.product}</h1>
        <p>{words.tagline}</p>
        {openid && (
          <a class="button primary" data-openid href={`${openid.path}?${new URLSearchParams({ return: here() })}`}>
            {openid.label[locale.value]}
          </a>
        )}
        {openid && !openid.available && <p class="failed" role="alert">{words.session.providerAway}</p>}
        {ways?.password !== false && (
          <>
            <label>
              {words.session.user}
              <input autocomplete="username" required value={name} onInput={(e) => setName(e.currentTarget.value)} />
            </label>
            <label>
              {words.session.password}
              <input
                type="password"
                autocomplete="current-password"
                required
                value={password}
                onInput={(e) => setPassword(e.currentTarget.value)}
              />
            </label>
            {error && <p class="failed" role="alert">{error}</p>}
            <button type="submit" class={openid ? "button" : "button primary"}>{words.session.signIn}</button>
          </>
        )}
        <LanguageSwitch />
      </form>
    </main>
  );
}
