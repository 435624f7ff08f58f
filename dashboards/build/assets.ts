/** What the bundler does not make: pages, one style sheet, MapLibre as files of its own, licences; and the size budgets. */

const STYLES = ["tokens", "base", "shell", "lists", "drawer", "plan", "pages", "mobile", "wall"];
const MAPLIBRE = ["maplibre-gl.mjs", "maplibre-gl-worker.mjs", "maplibre-gl.css"];

/** gzip bytes at most; a file that grows past its line fails the build. */
const BUDGETS: { name: string; entry?: string; files?: RegExp; limit: number }[] = [
  { name: "console entry", entry: "console.js", limit: 60_000 },
  { name: "phone entry", entry: "mobile.js", limit: 34_000 },
  { name: "style sheet", files: /app\.css$/, limit: 15_000 },
  { name: "map library", files: /vendor\/maplibre\//, limit: 470_000 },
];

export async function assets(web: string): Promise<void> {
  await copy("static", web);
  const sheets = await Promise.all(STYLES.map((s) => Deno.readTextFile(`src/styles/${s}.css`)));
  const uplot = await Deno.readTextFile("node_modules/uplot/dist/uPlot.min.css");
  await Deno.writeTextFile(`${web}/app.css`, squeeze([uplot, ...sheets].join("\n")));
  await Deno.mkdir(`${web}/vendor/maplibre`, { recursive: true });
  for (const file of MAPLIBRE) {
    const text = await Deno.readTextFile(`node_modules/maplibre-gl/dist/${file}`);
    await Deno.writeTextFile(`${web}/vendor/maplibre/${file}`, text.replace(/\n\/\/# sourceMappingURL=.*$/m, ""));
  }
  await Deno.writeTextFile(`${web}/licences.txt`, await licences());
}

function squeeze(css: string): string {
  return css.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\s+/g, " ").replace(/ ?([{};,]) ?/g, "$1").replace(/: /g, ":");
}

async function copy(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const entry of Deno.readDir(from)) {
    if (entry.isDirectory) await copy(`${from}/${entry.name}`, `${to}/${entry.name}`);
    else await Deno.copyFile(`${from}/${entry.name}`, `${to}/${entry.name}`);
  }
}

/** The licence text of every package that is part of what we serve. */
async function licences(): Promise<string> {
  const out: string[] = ["Third-party software in this console, each under its own licence.\n"];
  const store = "node_modules/.deno";
  const names: string[] = [];
  for await (const entry of Deno.readDir(store)) if (entry.isDirectory) names.push(entry.name);
  for (const name of names.sort()) {
    const at = name.lastIndexOf("@");
    const packageName = name.slice(0, at).replace("+", "/").split("_")[0];
    const folder = `${store}/${name}/node_modules/${packageName}`;
    const meta = await Deno.readTextFile(`${folder}/package.json`).then(JSON.parse).catch(() => null);
    if (!meta || packageName.startsWith("@types/")) continue;
    let text = "";
    for await (const file of Deno.readDir(folder)) {
      if (/^licen[cs]e/i.test(file.name)) text = await Deno.readTextFile(`${folder}/${file.name}`);
    }
    out.push(`==== ${meta.name} ${meta.version} (${meta.license ?? "see text"})\n\n${text.trim()}\n`);
  }
  return out.join("\n");
}

async function* walk(path: string): AsyncGenerator<string> {
  for await (const entry of Deno.readDir(path)) {
    if (entry.isDirectory) yield* walk(`${path}/${entry.name}`);
    else yield `${path}/${entry.name}`;
  }
}

async function gzipped(file: string): Promise<number> {
  const stream = new Blob([await Deno.readFile(file)]).stream().pipeThrough(new CompressionStream("gzip"));
  return (await new Response(stream).arrayBuffer()).byteLength;
}

/** Files that the page needs before anything shows: the entry and what it imports statically. */
async function closure(web: string, entry: string, seen = new Set<string>()): Promise<Set<string>> {
  const file = `${web}/js/${entry}`;
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = await Deno.readTextFile(file);
  for (const match of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) await closure(web, match[1], seen);
  return seen;
}

export async function budgets(web: string): Promise<void> {
  const over: string[] = [];
  for (const { name, entry, files, limit } of BUDGETS) {
    let size = 0;
    const needed = entry ? await closure(web, entry) : null;
    for await (const file of walk(web)) if (needed ? needed.has(file) : files!.test(file)) size += await gzipped(file);
    const line = `${name} ${(size / 1000).toFixed(1)} kB gz of ${limit / 1000}`;
    if (size > limit) over.push(line);
    else console.log(`console: ${line}`);
  }
  if (over.length) throw new Error(`over budget: ${over.join("; ")}`);
}
