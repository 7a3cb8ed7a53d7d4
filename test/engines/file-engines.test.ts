import { existsSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { duckdb } from "../../src/engines/duckdb/index.js";
import {
  checkFile,
  type FileEngine,
  type FileFormat,
  fileEngines,
  fileFormat,
  fileFormats,
  openFileEngine,
} from "../../src/engines/files/index.js";
import { Fixtures } from "./support/fixtures.js";

const files = new Fixtures();
afterAll(() => files.remove());
const rows = [
  { "näme, 'x'": 'Ünï "q"', n: 1.5 },
  { "näme, 'x'": null, n: 2 },
];
const written: Record<FileFormat, () => Promise<string>> = {
  csv: async () => files.csv("some.csv", rows),
  jsonl: async () => files.file("some.jsonl", rows.map((row) => JSON.stringify(row)).join("\n")),
  json: async () => files.file("some.json", JSON.stringify(rows)),
  parquet: async () => {
    const engine = await duckdb();
    try {
      return await files.parquet(engine, "some.parquet", rows, { n: "DOUBLE" });
    } finally {
      await engine.close();
    }
  },
};

describe("file formats", () => {
  it.each(Object.entries(fileFormats))("%s is known by its endings", (format, { endings, packed }) => {
    for (const ending of endings) {
      for (const file of [`a.${ending}`, `A.B.${ending.toUpperCase()}`, `https://x.org/a.${ending}?v=1`])
        expect(fileFormat(file, [])).toBe(format);
      for (const packer of ["gz", "zst"]) {
        const zipped = () => fileFormat(`a.${ending}.${packer}`, ["data"]);
        if (packed) expect(zipped()).toBe(format);
        else
          expect(zipped).toThrow(
            expect.objectContaining({ code: "unsupported_file", path: ["data", "file"] }),
          );
      }
    }
  });

  it("every format has an engine", () => {
    const read = new Set(Object.values<FileEngine>(fileEngines).flatMap(({ formats }) => formats));
    expect([...read].sort()).toEqual(Object.keys(fileFormats).sort());
  });
});

describe.each(Object.entries<FileEngine>(fileEngines))(
  "engine %s",
  (name, { formats, localOnly, peer, about }) => {
    const open = () => openFileEngine(name as keyof typeof fileEngines);

    it("says what it is, and which optional package it needs", () => {
      expect(about).toMatch(/^\S.*\S$/);
      if (peer !== undefined) expect(existsSync(`node_modules/${peer}`)).toBe(true);
    });

    it.each(formats)("reads columns of a %s file, in any order", async (format) => {
      const engine = await open();
      try {
        const table = await engine.table(await written[format](), ["FILE"]);
        expect(table.columns).toEqual(["näme, 'x'", "n"]);
        const [n, names] = await table.read(["n", "näme, 'x'"]);
        expect(n!.map(Number)).toEqual([1.5, 2]);
        expect(names!.map((each) => each || null)).toEqual(['Ünï "q"', null]);
      } finally {
        await engine.close();
      }
    });

    it("refuses what it cannot read", async () => {
      const engine = await open();
      try {
        const refused = (Object.keys(fileFormats) as FileFormat[]).filter((each) => !formats.includes(each));
        const names = [
          ...refused.map((format) => `a.${fileFormats[format].endings[0]}`),
          ...(localOnly ? ["*.csv", "s3://a/b.csv"] : []),
        ];
        for (const file of names)
          await expect(engine.table(file, ["FILE"])).rejects.toMatchObject({
            code: "needs_duckdb",
            path: ["FILE", "file"],
          });
        await expect(engine.table("gone.csv", ["FILE"])).rejects.toMatchObject({ code: "missing_file" });
        await expect(checkFile("gone.csv", ["FILE"])).rejects.toMatchObject({ code: "missing_file" });
      } finally {
        await engine.close();
      }
    });
  },
);
