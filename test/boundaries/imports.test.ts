import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { circlesOf, reachableFrom } from "./graph.js";
import { folderOf, type Import, importsOf, parsedFiles, sourceFiles, top } from "./source-files.js";

const computing = [
  "core",
  "errors",
  "shapes",
  "hash",
  "random",
  "linear",
  "distributions",
  "definition",
  "stats",
  "rounds",
  "bandits",
  "ope",
];

/** Entries that a page loads, unbundled at times: what they reach imports files one by one. */
const browserEntries = [
  "index",
  "exposures/index",
  "bandits/index",
  "definition/designs/index",
  "random/index",
].map((entry) => `src/${entry}.ts`);

/**
 * The design's arrows: a folder may import from these folders (and from itself). `type:` allows types only, a longer name
 * one folder or file within another: tables of names, without what they name.
 */
const arrows: Record<string, readonly string[]> = {
  ".": ["core", "errors", "shapes", "definition", "assignment", "type:gates", "type:metrics"],
  core: [],
  errors: ["core"],
  shapes: ["core", "errors"],
  disk: ["errors"],
  hash: ["core", "errors", "shapes"],
  random: ["core", "errors", "shapes"],
  linear: ["core", "errors", "shapes"],
  distributions: ["core", "errors", "shapes"],
  regression: ["core", "errors", "shapes", "linear"],
  definition: [
    ...["core", "errors", "shapes", "linear", "type:random", "type:metrics"],
    ...["metrics/settings", "stats/corrections/correction-names", "stats/looks/looks-fields"],
  ],
  gates: ["core", "errors", "shapes", "hash", "definition"],
  assignment: ["core", "errors", "shapes", "hash", "definition", "gates"],
  exposures: ["core", "errors", "shapes", "disk", "hash", "definition", "type:assignment"],
  stats: ["core", "errors", "shapes", "random", "linear", "distributions"],
  rounds: ["core", "errors", "shapes", "definition"],
  bandits: [
    "core",
    "errors",
    "shapes",
    "disk",
    "hash",
    "random",
    "linear",
    "regression",
    "distributions",
    "definition",
    "stats",
    "rounds",
    "type:gates",
  ],
  ope: ["core", "errors", "shapes", "random", "linear", "distributions", "stats", "rounds", "bandits"],
  stores: ["core", "errors", "shapes", "disk", "bandits"],
  metrics: ["core", "errors", "shapes", "type:random", "stats"],
  sql: ["core", "errors", "shapes", "linear", "metrics"],
  engines: ["core", "errors", "shapes", "stats", "rounds", "metrics", "sql"],
  guess: ["core", "errors", "metrics"],
  analysis: [...computing, "metrics", "sql"],
  programme: [
    ...["core", "errors", "shapes", "distributions", "definition", "stats"],
    ...["type:analysis", "analysis/shapes"],
  ],
  segments: [
    ...["core", "errors", "shapes", "disk", "random", "linear", "distributions", "definition"],
    ...["sql", "type:engines"],
  ],
  report: ["core", "errors", "shapes", "type:analysis", "type:programme", "type:segments"],
  schema: [...computing, "assignment", "exposures", "metrics", "sql", "analysis"],
  testing: [...computing, "stores"],
  simulation: [
    ...[...computing, "disk", "assignment", "exposures"],
    ...["metrics", "sql", "engines", "analysis", "report", "schema"],
  ],
  cli: [
    ...[...computing, "assignment", "exposures"],
    ...[
      "metrics",
      "sql",
      "engines",
      "guess",
      "analysis",
      "programme",
      "segments",
      "report",
      "schema",
      "simulation",
    ],
  ],
};

/** Which files may import a package; whatever is not listed may not be imported at all. */
const confinement: Record<string, RegExp> = {
  jstat: /^src\/simulation\/laws\//,
  seedrandom: /^src\/random\/source\.ts$/,
  zod: /^src\/schema\//,
  "csv-parse": /^src\/engines\/csv/,
  "@duckdb/node-api": /^src\/engines\/duckdb/,
};
const mayUseNode = /^src\/(disk|engines|stores\/file|cli|simulation|(bandits|exposures|segments)\/node)\//;

const all = parsedFiles().flatMap(importsOf);
const name = ({ from, to }: Import) => `${from} → ${to}`;

describe("import arrows", () => {
  it("every folder of src has a place in the design", () => {
    const unknown = sourceFiles().filter((file) => !(folderOf(file) in arrows));
    expect(unknown).toEqual([]);
  });

  it("no import runs against an arrow", () => {
    const against = all.filter(({ from, to, external, typeOnly }) => {
      if (external) return false;
      const [source, target] = [folderOf(from), folderOf(to)];
      if (source === target) return false;
      const allowed = arrows[source] ?? [];
      const leaf = allowed.some((each) => to.startsWith(`src/${each}/`) || to === `src/${each}.ts`);
      return !(leaf || allowed.includes(target) || (typeOnly && allowed.includes(`type:${target}`)));
    });
    expect(against.map(name)).toEqual([]);
  });

  it("every package stays in its files", () => {
    const outside = all.filter(({ from, to, external, typeOnly }) => {
      if (!external || typeOnly) return false;
      return to.startsWith("node:") ? !mayUseNode.test(from) : !confinement[to]?.test(from);
    });
    expect(outside.map(name)).toEqual([]);
  });

  it("no test mocks a module for those that run after it in its process", () => {
    const hoisted = readdirSync(join(top, "test"), { recursive: true, encoding: "utf8" }).filter(
      (file) =>
        file.endsWith(".test.ts") && /^\s*vi\.mock\(/m.test(readFileSync(join(top, "test", file), "utf8")),
    );
    expect(hoisted, "use vi.doMock, and vi.resetModules before and after").toEqual([]);
  });

  it("properties get fast-check from test/properties.ts, which seeds it", () => {
    const direct = readdirSync(join(top, "test"), { recursive: true, encoding: "utf8" }).filter(
      (file) =>
        file.endsWith(".ts") &&
        /^import .* from "fast-check"/m.test(readFileSync(join(top, "test", file), "utf8")),
    );
    expect(direct).toEqual(["properties.ts"]);
  });

  const own = all.filter(({ external }) => !external);

  it("no file reaches itself through its imports, of types neither", () => {
    expect(circlesOf(own)).toEqual([]);
  });

  it("other rooms are entered by a door, but for leaves of core and by what a browser loads", () => {
    const loaded = own.filter(({ typeOnly }) => !typeOnly);
    const light = reachableFrom(browserEntries, loaded);
    const past = own.filter(({ from, to }) => {
      const [source, target] = [folderOf(from), folderOf(to)];
      if (source === target || target === "core" || light.has(from)) return false;
      return !to.endsWith("/index.ts");
    });
    expect(past.map(name)).toEqual([]);
  });

  it("the graph's functions would notice", () => {
    const edges = [
      { from: "a", to: "b" },
      { from: "b", to: "c" },
      { from: "c", to: "b" },
      { from: "c", to: "d" },
      { from: "e", to: "e" },
    ];
    expect(circlesOf(edges)).toEqual([["b", "c"], ["e"]]);
    expect([...reachableFrom(["b"], edges)].sort()).toEqual(["b", "c", "d"]);
  });
});
