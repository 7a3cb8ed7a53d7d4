import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import zlib, { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromRows } from "../../src/analysis/index.js";
import type { Cells, Source } from "../../src/core/cells.js";
import { duckdb } from "../../src/engines/duckdb/index.js";
import { zstdFrames } from "../../src/engines/files/zstd-frames.js";
import { type Engine, fromFile } from "../../src/engines/index.js";
import { Fixtures } from "./support/fixtures.js";
import { metric, request } from "./support/messy.js";

const files = new Fixtures();
let engine: Engine;
beforeAll(async () => {
  engine = await duckdb();
});
afterAll(async () => {
  await engine.close();
  files.remove();
});

const rows = Array.from({ length: 200 }, (_, i) => ({
  unit: i % 50 === 7 ? null : i,
  arm: i % 2 ? "témoin" : 'new, "b"',
  ...(i % 3 ? { channel: i % 5 ? "web" : "multi\nline" } : {}),
  bought: i % 4 === 0,
  spend: i % 9 === 0 ? "" : i % 2 ? i / 7 : `${i}.25`,
  big: i % 2 ? 1e21 : 1e-7,
  tags: i % 2 ? ["x"] : null,
}));
const asked = request(
  [metric("bought", "conversion"), metric("spend", "mean"), metric("big", "mean")],
  ["channel"],
  ["témoin", 'new, "b"'],
);
const mapping = { unit: "unit", variant: "arm" } as const;
const lines = rows.map((row) => JSON.stringify(row)).join("\r\n");
const written: Readonly<Record<string, string | Uint8Array>> = {
  "a.jsonl": `\ufeff${lines}\n\n`,
  "a.ndjson.gz": gzipSync(lines),
  "a.json": JSON.stringify(rows, null, 2),
  "a.json.gz": gzipSync(JSON.stringify(rows)),
};
const answerOf = async (source: Source) => {
  const { cells, excluded } = (await source.read(asked)) as Cells;
  return {
    excluded,
    cells: cells.map(({ variant, levels, units, moments }) => ({
      ...{ variant, levels, units },
      moments: moments.map(({ n, mean }) => [n, ...mean.map((each) => each.toPrecision(11))]),
    })),
  };
};
const ways = (["csv", "duckdb"] as const).map((name) => ({ engine: name }));

describe("a table of JSON", () => {
  it.each(Object.entries(written))(
    "%s is read like the same rows in memory, whoever reads it",
    async (name, content) => {
      const file = files.file(name, content);
      const expected = await answerOf(fromRows(rows, mapping));
      expect(expected.excluded).toMatchObject({ missing_unit: 4 });
      for (const way of ways) expect(await answerOf(fromFile(file, mapping, way))).toEqual(expected);
    },
  );

  it("has numbers that are numbers, and texts that are written as declared", async () => {
    const mixed = Array.from({ length: 8 }, (_, i) => ({
      arm: i % 2 ? "a" : "b",
      y: i % 4 < 2 ? 1.5 : "1 200,25 €",
    }));
    const file = files.file("mixed.json", JSON.stringify(mixed));
    const y = request([metric("y", "mean")], [], ["a", "b"]);
    const declared = { variant: "arm", decimal: "," } as const;
    for (const way of [...ways, {}]) {
      const { cells } = (await fromFile(file, declared, way).read(y)) as Cells;
      expect(cells.map(({ moments }) => moments[0]?.mean[0])).toEqual([600.875, 600.875]);
    }
  });

  it.each([
    [
      "bad.jsonl",
      '{"arm":"a"}\n{"arm":',
      { code: "invalid_json", path: ["data", "file"], at: { line: 2, column: 8 } },
    ],
    ["bad.json", "[{", { code: "invalid_json", path: ["data", "file"] }],
    ["object.json", '{"arm":"a"}', { code: "not_rows" }],
    ["numbers.json", "[1, 2]", { code: "not_rows" }],
    ["list.jsonl", "[1]\n", { code: "not_rows" }],
    ["empty.jsonl", "\n", { code: "empty_data" }],
    ["empty.json", "[]", { code: "empty_data" }],
    ["broken.jsonl.gz", "not gzip", { code: "unreadable_data" }],
    [
      "nested.jsonl",
      '{"unit":1,"arm":["a"],"channel":"x","bought":1,"spend":1,"big":1}',
      { code: "nested_column", path: ["arm"] },
    ],
    ["other.jsonl", '{"unit":1,"group":"a"}', { code: "missing_column" }],
  ])("%s is refused", async (name, content, problem) => {
    const file = files.file(name, content);
    for (const way of ways)
      await expect(fromFile(file, mapping, way).read(asked)).rejects.toMatchObject(problem);
  });

  it("lies on this machine", async () => {
    const source = fromFile(`${files.folder}/*.jsonl`, mapping);
    await expect(source.read(asked)).rejects.toMatchObject({ code: "unsupported_file" });
  });
});

/** @param head  the file's first line, which only the first of two files that become one has */
async function packedCsv(head = ""): Promise<string> {
  const lines = Array.from(
    { length: 3000 },
    (_, i) => `${i},${i % 2 ? "témoin" : '"new, ""b"""'},${(i * 7919) % 11 < 3}`,
  );
  const csv = files.file("long.csv", `${head === "" ? "unit,arm,bought\n" : ""}${lines.join("\n")}\n`);
  const packed = `${files.folder}/long${head.length}.csv.zst`;
  await engine.query(
    `COPY (SELECT * FROM read_csv('${csv}', all_varchar = true, header = ${head === ""}, delim = ',', quote = '"', escape = '"')) TO '${packed}' (FORMAT csv, COMPRESSION zstd, HEADER ${head === ""})`,
  );
  return packed;
}

describe("what zstd has packed", () => {
  it("is read by DuckDB, and by the parser where Node can", async () => {
    const plain = rows.map(({ unit, arm, bought }) => ({ unit: unit ?? "", arm, bought }));
    const csv = files.csv("plain.csv", plain);
    const packed = `${files.folder}/plain.csv.zst`;
    await engine.query(
      `COPY (SELECT * FROM read_csv('${csv}', all_varchar = true)) TO '${packed}' (FORMAT csv, COMPRESSION zstd)`,
    );
    const bought = request([metric("bought", "conversion")], [], ["témoin", 'new, "b"']);
    const expected = (await fromFile(csv, mapping).read(bought)) as Cells;
    expect(await fromFile(packed, mapping, { engine: "duckdb" }).read(bought)).toEqual(expected);
    const parsed = fromFile(packed, mapping, { engine: "csv" }).read(bought);
    if ("createZstdDecompress" in zlib)
      expect((await parsed) as Cells).toMatchObject({ excluded: expected.excluded });
    else await expect(parsed).rejects.toMatchObject({ code: "needs_zstd", path: ["data", "file"] });
  });

  it("is taken apart into its frames, and refused where it was cut off, at any byte", async () => {
    const bytes = readFileSync(await packedCsv());
    const framed = async (content: Buffer, piece: number) => {
      const pieces = Array.from({ length: Math.ceil(content.length / piece) }, (_, i) =>
        content.subarray(i * piece, (i + 1) * piece),
      );
      const frames: Buffer[] = [];
      for await (const frame of zstdFrames(Readable.from(pieces), "a.zst", ["data"])) {
        const parts: Uint8Array[] = [];
        for await (const part of frame) parts.push(part);
        frames.push(Buffer.concat(parts));
      }
      return frames;
    };
    const skipped = Buffer.from([0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 9, 9, 9]);
    for (const piece of [1, 7, bytes.length]) {
      expect(Buffer.concat(await framed(bytes, piece)).equals(bytes)).toBe(true);
      const two = await framed(Buffer.concat([bytes, skipped, bytes]), piece);
      expect(two.map((frame) => frame.equals(bytes))).toEqual([true, true]);
    }
    for (let cut = 1; cut < bytes.length; cut += 131)
      await expect(framed(bytes.subarray(0, cut), 64)).rejects.toMatchObject({
        ...{ code: "unreadable_data", path: ["data", "file"] },
      });
    await expect(framed(Buffer.from("not packed"), 4)).rejects.toMatchObject({ code: "unreadable_data" });
  });

  it("is never a shorter table: whole in two frames, and refused where it was cut off", async () => {
    const bytes = readFileSync(await packedCsv());
    const wanted = request([metric("bought", "conversion")], [], ["témoin", 'new, "b"']);
    const more = await packedCsv("unit,arm,bought\n");
    const twice = files.file("twice.csv.zst", Buffer.concat([bytes, readFileSync(more)]));
    const cut = files.file("cut.csv.zst", bytes.subarray(0, bytes.length - 3));
    for (const way of ways) {
      await expect(fromFile(cut, mapping, way).read(wanted)).rejects.toMatchObject({
        code: expect.stringMatching(/unreadable_data|needs_zstd|query_failed/),
      });
      if (way.engine === "csv" && !("createZstdDecompress" in zlib)) continue;
      const { cells } = (await fromFile(twice, { variant: "arm" }, way).read(wanted)) as Cells;
      expect(cells.map(({ units }) => units)).toEqual([3000, 3000]);
    }
  });

  it("is told to be missing where it is", async () => {
    for (const way of ways)
      await expect(fromFile(`${files.folder}/gone.csv.zst`, mapping, way).read(asked)).rejects.toMatchObject({
        code: "missing_file",
      });
  });
});

describe("a file of another program", () => {
  it.each([
    ["sheet.xlsx", /save the sheet as CSV/],
    ["shop.sqlite", /export the table/],
    ["shop.duckdb", /fromTable/],
    ["a.avro", /give \.csv/],
  ])("%s is refused with the way to one that is read", async (name, message) => {
    const file = files.file(name, "?");
    for (const way of ways) await expect(fromFile(file, mapping, way).read(asked)).rejects.toThrow(message);
  });
});
