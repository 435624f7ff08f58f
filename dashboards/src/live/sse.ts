/** One server-sent event. */
export interface ServerEvent {
  name: string;
  data: string;
  id: string | null;
}

/** Cuts a text stream into events (the field rules of the HTML standard's event stream). */
export class SseParser {
  #rest = "";
  #name = "";
  #data: string[] = [];
  #id: string | null = null;

  push(text: string): ServerEvent[] {
    const out: ServerEvent[] = [];
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop()!;
    for (const line of lines) {
      if (line === "") {
        if (this.#data.length) out.push({ name: this.#name || "message", data: this.#data.join("\n"), id: this.#id });
        this.#name = "";
        this.#data = [];
      } else if (!line.startsWith(":")) {
        this.#field(line);
      }
    }
    return out;
  }

  #field(line: string): void {
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + (line[colon + 1] === " " ? 2 : 1));
    if (field === "event") this.#name = value;
    else if (field === "data") this.#data.push(value);
    else if (field === "id") this.#id = value;
  }
}

export type LinkState = "connecting" | "connected" | "reconnecting";

export interface StreamHandlers {
  event(event: ServerEvent): void;
  state(state: LinkState): void;
  /** Bytes came, be it only a heartbeat. */
  heard(): void;
  /** The viewer was signed out, here or by the OpenID provider. */
  signedOut?(): void;
}

const SILENCE_MS = 20_000;

/**
 * The live channel. Reads the stream with fetch rather than EventSource so that a reconnect after any kind of failure
 * still carries Last-Event-ID, and so that silence (a dead connection that never closes) is noticed.
 */
export class LiveStream {
  #lastId: string | null = null;
  #stopped = false;
  #abort: AbortController | null = null;
  #failures = 0;

  constructor(
    readonly url: string,
    readonly handlers: StreamHandlers,
    readonly headers: () => Record<string, string> = () => ({}),
    readonly fetcher: typeof fetch = (...a) => fetch(...a),
  ) {}

  stop(): void {
    this.#stopped = true;
    this.#abort?.abort();
  }

  /** Connects anew at the present: what the former viewer might see is not this one's past. */
  again(): void {
    this.#lastId = null;
    this.#failures = 0;
    this.#abort?.abort();
  }

  async run(): Promise<void> {
    this.handlers.state("connecting");
    while (!this.#stopped) {
      try {
        await this.#once();
      } catch {
        // Whatever broke the connection, the answer is the same: say so and try again.
      }
      if (this.#stopped) return;
      this.handlers.state("reconnecting");
      const wait = Math.min(10_000, 400 * 2 ** Math.min(this.#failures++, 5)) * (0.7 + Math.random() * 0.6);
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  async #once(): Promise<void> {
    const abort = this.#abort = new AbortController();
    const headers: Record<string, string> = { ...this.headers(), Accept: "text/event-stream" };
    if (this.#lastId !== null) headers["Last-Event-ID"] = this.#lastId;
    const response = await this.fetcher(this.url, { headers, signal: abort.signal, cache: "no-store" });
    if (response.status === 401) this.handlers.signedOut?.();
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const parser = new SseParser();
    let watchdog = setTimeout(() => abort.abort(), SILENCE_MS);
    try {
      this.handlers.state("connected");
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        clearTimeout(watchdog);
        watchdog = setTimeout(() => abort.abort(), SILENCE_MS);
        this.#failures = 0;
        this.handlers.heard();
        for (const event of parser.push(value)) {
          if (event.id !== null) this.#lastId = event.id;
          this.handlers.event(event);
        }
      }
    } finally {
      clearTimeout(watchdog);
      abort.abort();
    }
  }
}
