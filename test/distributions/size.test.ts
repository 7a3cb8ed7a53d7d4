import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, it } from "vitest";

const folder = fileURLToPath(new URL("../../src/distributions/", import.meta.url));

/** gzip bytes of some exports of the distributions, minified, without the errors and shapes every entry shares. */
async function size(contents: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder, loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    tsconfigRaw: "{}",
    external: ["../core/*", "../errors/*", "../shapes/*"],
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
}

it("all public distributions together stay within 5.1 kB gzip, ranges they refuse by included", async () => {
  expect(await size(`export * from "./index.js";`)).toBeLessThanOrEqual(5100);
});

it("one tail costs its kernel, not the family", async () => {
  expect(await size(`export { normalSurvival } from "./normal.js";`)).toBeLessThanOrEqual(600);
  expect(await size(`export { tSurvival } from "./t.js";`)).toBeLessThanOrEqual(1700);
});
