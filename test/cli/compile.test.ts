import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { assign, createAssigner, defineCatalogue, defineExperiment } from "essai";
import { describe, expect, it } from "vitest";
import { top } from "../boundaries/source-files.js";
import { compile } from "../types/compile.js";
import { essai, temporaryFolder } from "./terminal.js";

const files = temporaryFolder();

const checkout = defineExperiment({
  key: "checkout flow",
  unit: "userId",
  variants: { control: { steps: 3 }, short: { steps: 1 } },
  metrics: [{ key: "bought", type: "conversion", column: "bought" }],
});
const cta = defineExperiment({ key: "new", unit: "userId", variants: { control: "Buy", b: "Try" } });
const catalogue = defineCatalogue({
  experiments: [checkout, cta],
  holdouts: [{ key: "all", share: 0.05, unit: "userId" }],
});

/** What a script of users' exports, here as what they gave already: definitions are plain JSON. */
let scripts = 0;
const scriptOf = (exported: Readonly<Record<string, unknown>>) =>
  files.write(
    `experiments-${scripts++}.mjs`,
    Object.entries(exported)
      .map(([name, value]) =>
        name === "default"
          ? `export default ${JSON.stringify(value)};`
          : `export const ${name} = ${typeof value === "function" ? value : JSON.stringify(value)};`,
      )
      .join("\n"),
  );

/** What a compiled module exports, run as a bundler leaves it. */
async function ran(code: string): Promise<Record<string, unknown>> {
  const { outputFiles } = await build({
    stdin: { contents: code, loader: "ts" },
    format: "esm",
    write: false,
  });
  return { ...(await import(`data:text/javascript,${encodeURIComponent(outputFiles[0]!.text)}`)) };
}

describe("essai compile", () => {
  it("makes a module of what a script exports: the very definitions, once each, and nothing else", async () => {
    const script = scriptOf({ checkout, catalogue, helper: () => 1, other: 7 });
    const { code, out, err } = await essai(["compile", script]);
    expect([code, err]).toEqual([0, ""]);
    expect(await ran(out)).toEqual({ checkout, new_: cta, catalogue });
    expect(out.match(/"checkout flow"/g)).toHaveLength(2);
    expect(out).not.toContain("defineExperiment");
  });

  it("makes one of an experiment file and of a catalogue's, as people write them", async () => {
    const { key, unit } = checkout;
    const file = files.write("one.json", { key, unit, variants: { control: 1, b: 2 } });
    const { checkoutFlow } = await ran((await essai(["compile", file])).out);
    expect(checkoutFlow).toEqual(defineExperiment({ key, unit, variants: { control: 1, b: 2 } }));
    const all = files.write("all.json", { experiments: [checkout, cta], holdouts: catalogue.holdouts });
    const made = await ran((await essai(["compile", all])).out);
    expect(made).toEqual({ checkoutFlow: checkout, new_: cta, catalogue });
    expect(createAssigner(made.catalogue as typeof catalogue).assignAll({ userId: "u1" })).toEqual(
      createAssigner(catalogue).assignAll({ userId: "u1" }),
    );
  });

  it("writes JSON where the file is to end so: the one there is, or a catalogue of all", async () => {
    const written = async (exported: Readonly<Record<string, unknown>>) => {
      const out = files.path("made.json");
      expect(await essai(["compile", scriptOf(exported), "--out", out])).toEqual({
        code: 0,
        out: "",
        err: "",
      });
      return JSON.parse(readFileSync(out, "utf8"));
    };
    expect(await written({ cta })).toEqual(cta);
    expect(await written({ catalogue, cta })).toEqual(catalogue);
    expect(await written({ cta, checkout })).toEqual({
      format: "essai.catalogue/1",
      experiments: [checkout, cta],
    });
  });

  it("keeps a payload that would be a prototype, and text that ends a script", async () => {
    const odd = {
      key: "odd",
      unit: "userId",
      variants: { control: { text: '"__proto__": </script>' }, b: 1 },
    };
    const json = JSON.stringify(odd).replace('"b":1', '"b":{"__proto__":{"a":1}}');
    const { code, out, err } = await essai(["compile", files.write("odd.json", json)]);
    if (code === 0) {
      const [, b] = ((await ran(out)).odd as typeof cta).variants;
      expect(JSON.stringify(b!.payload)).toBe('{"__proto__":{"a":1}}');
    } else expect(err).toContain("__proto__");
  });

  it("is typed: a page that imports it knows variants and payloads, and pays 1.4 kB for assigning", async () => {
    const out = files.path("experiments.compiled.ts");
    expect((await essai(["compile", scriptOf({ checkout, cta, catalogue }), "--out", out])).code).toBe(0);
    const text = readFileSync(out, "utf8");
    const page = `${text}
import { assign, createAssigner } from "essai";
const steps: 1 | 3 = assign(checkout, { userId: "u1" }).payload.steps;
const label: "Buy" | "Try" = createAssigner(catalogue).assign("new", { userId: "u1" }).payload;`;
    const [right, wrong] = compile([page, page.replace('assign("new"', 'assign("nw"')]);
    expect(right!.problems).toEqual([]);
    expect(wrong!.problems.join()).toContain('"nw"');
    const use = `import { checkout } from ${JSON.stringify(out)}; import { assign } from "essai";
console.log(assign(checkout, { userId: "u1" }).payload.steps);`;
    const sizeOf = async (contents: string) => {
      const { outputFiles } = await build({
        stdin: { contents, resolveDir: top, loader: "ts" },
        ...{ absWorkingDir: top, bundle: true, minify: true, write: false, format: "esm", target: "es2022" },
        platform: "browser",
        alias: { essai: `${top}/src/index.ts` },
      });
      return gzipSync(outputFiles[0]!.text, { level: 9 }).length;
    };
    const definition = gzipSync(JSON.stringify(checkout), { level: 9 }).length;
    expect((await sizeOf(use)) - definition).toBeLessThan(1_400);
    expect(text).not.toMatch(/^import/m);
  });

  it.each([
    ["a file that is not there", () => ["gone.mjs"], "there is no such file"],
    [
      "a module that fails",
      () => [files.write("fails.mjs", "throw new Error('no such plan')")],
      "no such plan",
    ],
    [
      "a module without experiments",
      () => [files.write("none.mjs", "export const a = 1, b = 2;")],
      "exports no definition and no catalogue (there are: a, b)",
    ],
    [
      "a definition that was changed by hand",
      () => [files.write("hand.mjs", `export const x = ${JSON.stringify({ ...cta, control: "c" })};`)],
      "FILE.x.control",
    ],
    ["an ending that says nothing", () => [scriptOf({ cta }), "--out", files.path("a.txt")], ".ts or .json"],
    ["two files", () => ["a.json", "b.json"], "FILE"],
    ["no file", () => [], "FILE"],
  ])("refuses %s in a sentence", async (_, args, said) => {
    const { code, out, err } = await essai(["compile", ...args()]);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain(said);
    expect(err).not.toContain("    at ");
  });

  it("never writes over what it reads", async () => {
    const file = files.write("own.json", cta);
    const { code, err } = await essai(["compile", file, "--out", file]);
    expect(code).toBe(1);
    expect(err).toContain("the same file");
    expect(pathToFileURL(file).href).toContain("own.json");
  });

  it("assigns as the definition did", async () => {
    const { checkout: made } = await ran((await essai(["compile", scriptOf({ checkout })])).out);
    for (let i = 0; i < 100; i++)
      expect(assign(made as typeof checkout, { userId: `u${i}` })).toEqual(
        assign(checkout, { userId: `u${i}` }),
      );
  });
});
