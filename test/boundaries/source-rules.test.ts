import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as table from "../../src/errors/en/index.js";
import { sourceFiles, top } from "./source-files.js";

const files = sourceFiles().map((file) => ({ file, text: readFileSync(join(top, file), "utf8") }));

/** Files in which a pattern stands, with the line. */
function standing(pattern: RegExp, except: RegExp = /^$/): string[] {
  return files
    .filter(({ file }) => !except.test(file))
    .flatMap(({ file, text }) =>
      text.split("\n").flatMap((line, i) => (pattern.test(line) ? [`${file}:${i + 1} ${line.trim()}`] : [])),
    );
}

describe("source rules", () => {
  it("chance and time are arguments", () => {
    expect(standing(/Math\.random|Date\.now\(\)|new Date\(\)|performance\.now\(\)/, /^src\/cli\//)).toEqual(
      [],
    );
  });

  it("nothing is exported by default", () => {
    expect(standing(/^export default/)).toEqual([]);
  });

  it("files stay small", () => {
    expect(files.filter(({ text }) => text.split("\n").length > 350).map(({ file }) => file)).toEqual([]);
  });

  it("file names are kebab-case", () => {
    expect(files.map(({ file }) => file).filter((file) => !/^src(\/[a-z0-9-]+)*\.ts$/.test(file))).toEqual(
      [],
    );
  });

  it("every error code is used", () => {
    const elsewhere = files.filter(({ file }) => !file.startsWith("src/errors/en/"));
    const unused = Object.keys(table).filter(
      (code) => !elsewhere.some(({ text }) => new RegExp(`\\b${code}\\b`).test(text)),
    );
    expect(unused).toEqual([]);
  });
});
