import { afterAll, describe, expect, it } from "vitest";
import { duckdb } from "../../src/engines/duckdb/index.js";
import { type FileEngineName, fileEngines } from "../../src/engines/files/index.js";
import { fromFile } from "../../src/engines/index.js";
import type { ExperimentError } from "../../src/errors/index.js";
import { numberOf } from "../../src/metrics/data/parse.js";
import { spellings } from "../sql/support/grammar.js";
import { Fixtures } from "./support/fixtures.js";
import { metric, request } from "./support/messy.js";

const files = new Fixtures();
afterAll(() => files.remove());
const engines = Object.keys(fileEngines) as FileEngineName[];
const asked = request([metric("y", "mean", { column: "y" })], [], ["a", "b"]);

async function read(file: string, engine: FileEngineName, mapping = { variant: "arm" }) {
  try {
    return (await fromFile(file, mapping, { engine }).read(asked)).cells;
  } catch (error) {
    const { code, path, received } = error as ExperimentError;
    return { code, path, received };
  }
}

/** What is to be the same: the means, to the digits that no order of adding changes. */
const shortened = (answer: Awaited<ReturnType<typeof read>> | undefined) =>
  !answer || "code" in answer
    ? answer
    : answer.map(({ variant, units, moments }) => [variant, units, moments[0]?.mean[0]?.toPrecision(11)]);

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

describe("a CSV file means the same to every engine", () => {
  it("whatever its numbers look like", async () => {
    const good = spellings.number.filter(
      (text) => Number.isFinite(numberOf(text) ?? 0) && numberOf(text) !== undefined,
    );
    expect(good.length).toBeGreaterThan(25);
    const rows = ["a", "b"].flatMap((arm) => good.map((text) => `${arm},${quoted(text)}`));
    const file = files.file("numbers.csv", `arm,y\n${rows.join("\n")}\n`);
    const [one, ...others] = await Promise.all(engines.map((engine) => read(file, engine)));
    for (const other of others) expect(shortened(other)).toEqual(shortened(one));
    expect(Array.isArray(one)).toBe(true);
  });

  it.each(["1_000", "1e1_0", "+-5", "0x1F", "1,5", "1\u00a0000", "nan", "5%"])(
    "and refuses %j alike",
    async (text) => {
      const file = files.file("refused.csv", `arm,y\na,${quoted(text)}\na,1\nb,2\nb,3\n`);
      const [one, ...others] = await Promise.all(engines.map((engine) => read(file, engine)));
      for (const other of others) expect(other).toEqual(one);
      expect(one).toMatchObject({ code: text === "nan" ? "not_finite" : "not_a_number", path: ["y"] });
    },
  );

  it.each([
    ["with blanks around them", ' arm ,"\ty","unit\u00a0"', undefined],
    ["that differ in capitals only, beside the ones asked for", "arm,y,D,d,,", undefined],
    ["twice", "arm,y,y", { code: "duplicate_column", path: ["metrics", "y", "column"], received: "y" }],
    [
      "twice but for capitals",
      "arm,y,ARM",
      { code: "duplicate_column", path: ["data", "variant"], received: "arm" },
    ],
  ])("columns %s", async (title, header, refused) => {
    const width = header.split(",").length;
    const row = (arm: string, y: number) => [arm, y, "u", "u", "u", "u"].slice(0, width).join(",");
    const file = files.file(
      `${title}.csv`,
      `${header}\n${[row("a", 1), row("a", 2), row("b", 3), row("b", 5)].join("\n")}\n`,
    );
    for (const engine of engines) {
      const found = await read(file, engine);
      if (refused) expect(found).toMatchObject({ ...refused, path: expect.anything() });
      else expect("code" in found ? found : found.map(({ units }) => units)).toEqual([2, 2]);
    }
  });
});

describe("DuckDB as it is opened", () => {
  it("works on one thread, and downloads nothing", async () => {
    const engine = await duckdb();
    const settings = ["threads", "autoinstall_known_extensions", "autoload_known_extensions"];
    const [row] = await engine.query(
      `SELECT ${settings.map((name) => `CAST(current_setting('${name}') AS VARCHAR) AS ${name}`).join(", ")}`,
    );
    await engine.close();
    expect(settings.map((name) => row?.[name])).toEqual(["1", "false", "false"]);
  });

  it("refuses what lies on another machine until extensions are allowed", async () => {
    for (const file of ["https://example.org/a.csv", "s3://bucket/a.parquet", "HTTP://127.0.0.1:9/a.csv"])
      expect(await read(file, "duckdb")).toEqual({
        code: "remote_data",
        path: ["data", "file"],
        received: file,
      });
    const allowed = fromFile(
      "http://127.0.0.1:9/a.unknown",
      { variant: "arm" },
      { engine: "duckdb", allowExtensions: true },
    );
    await expect(allowed.read(asked)).rejects.toMatchObject({ code: "unsupported_file" });
  });

  it("gives the same bytes at every run", async () => {
    const engine = await duckdb();
    const seen = new Set<string>();
    for (let run = 0; run < 3; run++) {
      const [row] = await engine.query(
        "SELECT CAST(avg(x) AS VARCHAR) || CAST(var_pop(x) AS VARCHAR) AS v FROM (SELECT sin(i) * 1e6 AS x FROM range(400000) AS r(i))",
      );
      seen.add(String(row?.v));
    }
    await engine.close();
    expect(seen.size).toBe(1);
  });
});
