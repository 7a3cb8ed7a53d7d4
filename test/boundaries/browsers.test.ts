import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "esbuild";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { bundle } from "./bundle.js";
import { browserEntries } from "./public-entries.js";
import { top } from "./source-files.js";

const { browserslist } = JSON.parse(readFileSync(join(top, "package.json"), "utf8")) as {
  browserslist: readonly string[];
};
const target = browserslist.map((each) => each.replace(" >= ", ""));

/** What at least one of the browsers served lacks, by the name it is called with. */
const newer = [
  ...["toSorted", "toReversed", "toSpliced", "with", "findLast", "findLastIndex", "fromAsync", "groupBy"],
  ...["isWellFormed", "toWellFormed", "structuredClone", "withResolvers", "try", "transfer", "escape"],
  ...[
    "union",
    "intersection",
    "difference",
    "symmetricDifference",
    "isSubsetOf",
    "isSupersetOf",
    "isDisjointFrom",
  ],
];

/** Newer builtins that a text calls, and regular expressions of a newer kind. */
function newerIn(file: string, text: string): string[] {
  const found: string[] = [];
  const walk = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const { expression } = node;
      const name = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
      if (ts.isIdentifier(name) && newer.includes(name.text))
        if (name !== expression || name.text === "structuredClone") found.push(name.text);
    }
    // Look-behind came to Safari with 16.4, the flag v later still.
    if (ts.isRegularExpressionLiteral(node) && /\(\?<[=!]|\/[a-z]*v[a-z]*$/.test(node.text))
      found.push(node.text);
    ts.forEachChild(node, walk);
  };
  walk(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  return found.map((name) => `${file}: ${name}`);
}

const files = new Set<string>();
for (const { name } of browserEntries)
  for (const input of (await bundle(`export * from ${JSON.stringify(name)};`)).inputs) files.add(input);

describe("the oldest browsers served", () => {
  it("are stated in the README", () => {
    const said = readFileSync(join(top, "README.md"), "utf8");
    for (const each of browserslist) expect(said).toContain(each.split(" ").at(-1));
  });

  it.each([...files])("%s has no syntax and calls no builtin that one of them lacks", async (file) => {
    const text = readFileSync(join(top, file), "utf8");
    const [theirs, newest] = await Promise.all([
      transform(text, { target }),
      transform(text, { target: "esnext" }),
    ]);
    expect(theirs.code).toBe(newest.code);
    expect(newerIn(file, text)).toEqual([]);
  });

  it("the check would notice", async () => {
    const text =
      "class A { static { this.x = [].toSorted(); } } structuredClone(/(?<=a)b/); Object.groupBy([]);";
    expect(newerIn("x", text)).toHaveLength(4);
    const lowered = await transform(text, { target });
    expect(lowered.code).not.toBe((await transform(text, { target: "esnext" })).code);
  });

  it("read the golden vectors like Python, without the builtins that they lack", () => {
    const program = `
      for (const type of [Array, String, Set, Map, Object, Promise, RegExp])
        for (const name of ${JSON.stringify([...newer, "hasOwn", "at", "replaceAll"])}) { delete type[name]; delete type.prototype[name]; }
      delete globalThis.structuredClone;
      Date.parse = undefined;
      const { assign, createAssigner } = await import("./dist/index.js");
      const { hashOf } = await import("./dist/hash/seed.js");
      const { seedOf } = await import("./dist/hash/seed.js");
      const { exposureId } = await import("./dist/exposures/index.js");
      const { readFileSync } = await import("node:fs");
      const { points } = JSON.parse(readFileSync("test/reference/assignment.json", "utf8"));
      const wrong = points.filter(([salt, domain, unit, hash]) => hashOf(seedOf(salt, domain), unit) !== hash);
      const variants = ["b", "c", "control"].map((key) => ({ key, payload: key }));
      const ends = [0, 1431655766, 2863311531, 4294967296];
      const cta = { format: "essai.experiment/1", key: "cta", version: 1, salt: "cta", hash: "murmur3-1", unit: "id", policy: "fixed",
        control: "control", variants, coverage: 1, ranges: variants.map(({ key }, i) => ({ from: ends[i], to: ends[i + 1], variant: key })) };
      const timed = { ...cta, schedule: { from: "2026-03-01", until: "2026-03-08T00:00:00+01:00" },
        audience: { all: [{ attribute: "app", versionGte: "1.10" }, { not: { attribute: "seen", since: "2026-01-01" } }] } };
      const assigner = createAssigner({ experiments: [timed] });
      const mine = points.filter(([salt, domain]) => salt === "cta" && domain === 2);
      const differing = mine.filter(([, , id, hash]) => {
        const variant = ["b", "c", "control"][ends.filter((end) => end <= hash).length - 1];
        const context = { id, app: "1.11.0", seen: "2026-02-30" };
        return assign(cta, { id }).variant !== variant || assigner.assign("cta", context, { now: new Date("2026-03-02") }).variant !== variant;
      });
      console.log(JSON.stringify([points.length > 100, mine.length > 5, wrong, differing]));`;
    const output = execFileSync(process.execPath, ["--input-type=module", "-e", program], {
      cwd: top,
      encoding: "utf8",
    });
    expect(JSON.parse(output)).toEqual([true, true, [], []]);
  });
});
