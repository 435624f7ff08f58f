/**
 * Builds the console: `deno run -A build/build.ts install check bundle test`. Each step is skipped when its inputs are
 * what they were at its last success (a stamp per step under target/console), so a rebuild without changes costs a hash.
 * `--target=DIR` names another folder than `target`, as Maven's quick build has.
 */
import { assets, budgets } from "./assets.ts";

const TARGET = Deno.args.find((a) => a.startsWith("--target="))?.slice("--target=".length) ?? "target";
const STAMPS = `${TARGET}/console`;
const WEB = `${TARGET}/classes/web`;

const steps: Record<string, { inputs: string[]; output: string; run: () => Promise<void> }> = {
  install: {
    inputs: ["package.json", "deno.lock", "deno.json"],
    output: "node_modules/preact/package.json",
    run: () => deno("install", "--quiet", "--frozen"),
  },
  check: {
    inputs: ["deno.lock", "deno.json", "src", "build"],
    output: STAMPS,
    run: async () => {
      await deno("check", "--quiet", "src", "build");
      await deno("lint", "--quiet", "src", "build");
    },
  },
  bundle: {
    inputs: ["deno.lock", "deno.json", "src", "build", "static"],
    output: `${WEB}/index.html`,
    run: async () => {
      await Deno.remove(WEB, { recursive: true }).catch(() => {});
      await deno(
        "bundle",
        "--quiet",
        "--platform=browser",
        "--minify",
        "--code-splitting",
        "--sourcemap=linked",
        `--outdir=${WEB}/js`,
        "src/console.tsx",
        "src/mobile.tsx",
      );
      await assets(WEB);
      await budgets(WEB);
    },
  },
  test: {
    inputs: ["deno.lock", "deno.json", "src", "build"],
    output: STAMPS,
    run: () => deno("test", "--quiet", "--no-check", "--allow-read", "src"),
  },
};

async function deno(...args: string[]): Promise<void> {
  const { code } = await new Deno.Command(Deno.execPath(), { args }).spawn().status;
  if (code !== 0) throw new Error(`deno ${args.join(" ")} ended with ${code}`);
}

async function* files(path: string): AsyncGenerator<string> {
  const info = await Deno.stat(path);
  if (info.isFile) return yield path;
  const names: string[] = [];
  for await (const entry of Deno.readDir(path)) names.push(entry.name);
  for (const name of names.sort()) yield* files(`${path}/${name}`);
}

async function fingerprint(inputs: string[]): Promise<string> {
  const parts: string[] = [Deno.version.deno];
  for (const input of inputs) {
    for await (const file of files(input)) {
      const digest = await crypto.subtle.digest("SHA-256", await Deno.readFile(file));
      parts.push(`${file} ${new Uint8Array(digest).join(",")}`);
    }
  }
  const all = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(parts.join("\n")));
  return [...new Uint8Array(all)].map((b) => b.toString(16).padStart(2, "0")).join("");
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

await Deno.mkdir(STAMPS, { recursive: true });
for (const name of Deno.args.filter((a) => !a.startsWith("--"))) {
  const step = steps[name];
  if (!step) throw new Error(`no step ${name}; there are ${Object.keys(steps).join(", ")}`);
  const stamp = `${STAMPS}/${name}.stamp`;
  const print = await fingerprint(step.inputs);
  const before = await Deno.readTextFile(stamp).catch(() => "");
  if (before === print && await exists(step.output)) continue;
  const started = performance.now();
  try {
    await step.run();
  } catch (e) {
    console.error(`console: ${name} failed: ${(e as Error).message}`);
    Deno.exit(1);
  }
  await Deno.writeTextFile(stamp, print);
  console.log(`console: ${name} ${Math.round(performance.now() - started)} ms`);
}
