// A step of `npm run build`: removes the files in dist that no public entry leads to: modules of types alone, and the
// declarations of what is used inside only. A thread's file is led to by its name, as its starter may be in a chunk.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const top = fileURLToPath(new URL("..", import.meta.url));
const { bin, exports } = JSON.parse(readFileSync(join(top, "package.json"), "utf8"));

const reached = new Set();
function reach(file) {
  if (reached.has(file)) return;
  reached.add(file);
  const ending = file.endsWith(".d.ts") ? ".d.ts" : ".js";
  for (const [, path] of readFileSync(file, "utf8").matchAll(
    /(?:\bfrom|\bimport)\b[\s(]*["'](\.[^"']+)\.js["']/g,
  ))
    reach(join(dirname(file), path + ending));
  if (ending === ".js")
    for (const [, path] of readFileSync(file, "utf8").matchAll(/["'](\.[^"']+-worker\.js)["']/g))
      if (existsSync(join(dirname(file), path))) reach(join(dirname(file), path));
}
for (const entry of [...Object.values(bin), ...Object.values(exports)])
  for (const path of typeof entry === "string" ? [entry] : Object.values(entry))
    if (/\.(js|d\.ts)$/.test(path)) reach(join(top, path));

for (const name of readdirSync(join(top, "dist"), { recursive: true })) {
  const file = join(top, "dist", name);
  if (/\.(js|d\.ts)$/.test(name) && !reached.has(file)) rmSync(file);
}

// The type of a report's phrases says which holes each has; it need not repeat the texts, which the code holds.
const phrases = join(top, "dist/report/words/en/phrases.d.ts");
const holes = (literal) => JSON.stringify((literal.match(/\{\w+\}/g) ?? []).join(""));
writeFileSync(
  phrases,
  readFileSync(phrases, "utf8").replace(/^ +readonly .*$/gm, (line) =>
    line.replace(/"(?:[^"\\]|\\.)*"/g, holes),
  ),
);
