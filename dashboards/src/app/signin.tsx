import { useState } from "preact/hooks";
import { api } from "../api/client.ts";
import { t } from "../i18n/index.ts";
import { LanguageSwitch, Logo } from "./language.tsx";
import { loadSession } from "./session.ts";

export function SignIn({ done }: { done: () => void }) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [error, setError] = useState("");
  const words = t.value;
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
        <button type="submit" class="button primary">{words.session.signIn}</button>
        <LanguageSwitch />
      </form>
    </main>
  );
}
