import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromRows } from "../../src/analysis/index.js";
import type { Cells, Source } from "../../src/core/cells.js";
import type { TableMapping } from "../../src/core/data-mapping.js";
import { numberBy, readySpelling, type Spelling } from "../../src/core/data-spelling.js";
import { duckdb } from "../../src/engines/duckdb/index.js";
import { type Engine, fromFile, fromTable } from "../../src/engines/index.js";
import { declarationFor } from "../../src/errors/declaration-for.js";
import { french as frenchErrors } from "../../src/errors/fr/index.js";
import { ExperimentError, english, inLanguage } from "../../src/errors/index.js";
import { numberOf } from "../../src/metrics/data/parse.js";
import { randomSource } from "../../src/random/index.js";
import { columnSql, respelledNumbers } from "../../src/sql/index.js";
import { postgres } from "../sql/support/postgres.js";
import { Fixtures } from "./support/fixtures.js";
import { metric, request } from "./support/messy.js";

type Texts = Readonly<Record<string, string>>;

const files = new Fixtures();
const engines: Record<"duckdb" | "postgres", Engine | undefined> = { duckdb: undefined, postgres: undefined };
beforeAll(async () => {
  engines.duckdb = await duckdb();
  engines.postgres = await postgres();
});
afterAll(async () => {
  files.remove();
  for (const engine of Object.values(engines)) await engine?.close();
});

const csv = (rows: readonly Texts[]) => {
  const names = Object.keys(rows[0] ?? {});
  const line = (cells: readonly string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(";");
  return [line(names), ...rows.map((row) => line(names.map((name) => row[name] ?? "")))].join("\r\n");
};

/** The same rows in each place that rows can lie in. */
async function everywhere(rows: readonly Texts[], mapping: TableMapping): Promise<readonly Source[]> {
  const file = files.file("rows.csv", csv(rows));
  const tables = await Promise.all(
    Object.values(engines).map(async (engine) => {
      if (!engine) throw new Error("not open");
      const { identifier, literal } = engine.dialect;
      const names = Object.keys(rows[0] ?? {});
      await engine.query('DROP TABLE IF EXISTS "rows"');
      await engine.query(
        `CREATE TABLE "rows" (${names.map((name) => `${identifier(name)} TEXT`).join(", ")})`,
      );
      const values = rows.map((row) => `(${names.map((name) => literal(row[name] ?? "")).join(", ")})`);
      await engine.query(`INSERT INTO "rows" VALUES ${values.join(", ")}`);
      return fromTable(engine, { ...mapping, table: "rows" });
    }),
  );
  return [
    fromRows(rows, mapping),
    fromFile(file, mapping, { engine: "csv" }),
    fromFile(file, mapping, { engine: "duckdb" }),
    ...tables,
  ];
}

const answerOf = async (source: Source, asked: Parameters<Source["read"]>[0]) => {
  try {
    const { cells, excluded } = (await source.read(asked)) as Cells;
    return {
      excluded,
      cells: cells.map(({ variant, levels, units, moments }) => ({
        ...{ variant, levels, units },
        moments: moments.map(({ n, mean }) => [n, ...mean.map((each) => each.toPrecision(11))]),
      })),
    };
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    return { code: error.code, path: error.path, received: error.received };
  }
};

const asked = request(
  [metric("achat", "conversion"), metric("montant", "mean")],
  ["canal"],
  ["témoin", "nouveau"],
);
const mapping = { variant: "groupe", unit: "client", dimensions: ["canal"] } as const;
const french = {
  ...{ decimal: ",", missing: ["NA", "NULL", "-999"], yes: ["oui", "VRAI"], no: ["non", "Faux"] },
} as const satisfies Spelling;

/** A spreadsheet's export, and the same as a program would write it. */
function campaign() {
  const random = randomSource("export");
  const pick = <T>(list: readonly T[]) => list[Math.floor(random.next() * list.length)] as T;
  const written: Texts[] = [];
  const plain: Texts[] = [];
  for (let i = 0; i < 300; i++) {
    const own = { client: `c${i}`, groupe: i % 3 ? "témoin" : "nouveau", canal: pick(["E-mail", "Été"]) };
    const bought = random.next() < 0.3;
    const cents = bought ? Math.floor(random.next() * 4e5) : 0;
    const [euros, rest] = [String(Math.floor(cents / 100)), String(cents % 100).padStart(2, "0")];
    const grouped = euros.replace(/(\d)(?=(\d{3})+$)/g, `$1${pick(["", " ", "\u00a0", "\u202f"])}`);
    const isMissing = i % 17 === 0;
    written.push({
      ...own,
      canal: i % 19 === 0 ? "NA" : own.canal,
      achat: bought ? pick(["oui", "Oui", "VRAI", "1", "true"]) : pick(["non", "NON", "faux", "0"]),
      montant: isMissing
        ? pick(["NA", "NULL", "-999", ""])
        : `${pick(["", "€ ", "+"])}${grouped},${rest}`.replace(
            /$/,
            i % 5 && !/€/.test(grouped) ? "" : "\u00a0",
          ),
    });
    plain.push({
      ...own,
      canal: i % 19 === 0 ? "" : own.canal,
      achat: bought ? "1" : "0",
      montant: isMissing ? "" : `${euros}.${rest}`,
    });
  }
  return { written, plain };
}

describe("a table that is written as spreadsheets write", () => {
  it("is read, once declared, as the same table written by a program, wherever it lies", async () => {
    const { written, plain } = campaign();
    const expected = await answerOf(fromRows(plain, mapping), asked);
    expect(expected).toMatchObject({ excluded: { missing_montant: 18 } });
    for (const source of await everywhere(written, { ...mapping, ...french }))
      expect(await answerOf(source, asked)).toEqual(expected);
  });

  it("is refused alike as long as nothing is declared, with what to declare", async () => {
    const rows = [
      { client: "a", groupe: "témoin", canal: "x", achat: "1", montant: "1200,50" },
      { client: "b", groupe: "nouveau", canal: "x", achat: "0", montant: "3,00" },
    ];
    for (const source of await everywhere(rows, mapping)) {
      const error: unknown = await source.read(asked).then(
        () => undefined,
        (thrown) => thrown,
      );
      expect(error).toMatchObject({ code: "not_a_number", path: ["montant"] });
      expect(String(error)).toContain('"decimal": ","');
    }
  });

  it.each<[Spelling, Readonly<Record<string, number | null>>]>([
    [
      { decimal: "," },
      {
        ...{
          "1 234,5": 1234.5,
          "1\u202f234,5": 1234.5,
          "1234,5": 1234.5,
          "+1234,50 €": 1234.5,
          "12345e-1": 1234.5,
        },
        ...{ "€1\u00a0234,5": 1234.5, "-,5": -0.5, " -0,50 ": -0.5, "7": 7, "1 234 567": 1234567, true: 1 },
        ...{ "1.5": null, "1.234,5": null, "12 34,5": null, "1 2345": null, "1,2,3": null, "5 %": null },
        ...{ "€": null, "--5": null, "+-5": null, "-€-5": null, "1 234.5": null, "1, 5": null, oui: null },
      },
    ],
    [
      { decimal: ",", thousands: "." },
      {
        "1.234,5": 1234.5,
        "1234,5": 1234.5,
        "$1.234,5": 1234.5,
        "1.234": 1234,
        "1.5": null,
        "1 234,5": null,
      },
    ],
    [{ thousands: "," }, { "1,234.5": 1234.5, "1234.5": 1234.5, "£ 1,234.50": 1234.5, "1,5": null }],
    [{ thousands: "." }, { "1.234,5": 1234.5, "1,5": 1.5, "1.5": null }],
    [
      { decimal: ".", thousands: "'" },
      { "1'234.5": 1234.5, "1234.5": 1234.5, "1,5": null },
    ],
    [
      { decimal: ".", thousands: "’" },
      { "1’234.5": 1234.5, "1'234.5": null },
    ],
    [{ missing: ["NA"] }, { "1.5": 1.5, na: null, NAN: null }],
    [
      { yes: ["Ja"], no: ["nein"] },
      { ja: 1, JA: 1, " ja ": 1, NEIN: 0, "1": 1, jA: null, jaja: null },
    ],
  ])("with %j means the same in memory and on the engines", async (declared, meant) => {
    const spelling = readySpelling(declared);
    if (!spelling) throw new Error("nothing declared");
    const written = numberBy(spelling);
    const texts = Object.keys(meant);
    const finite = (value: unknown) => (Number.isFinite(value) ? value : null);
    expect(texts.map((text) => finite(numberOf(written(text))))).toEqual(Object.values(meant));
    for (const engine of Object.values(engines)) {
      if (!engine) throw new Error("not open");
      const { dialect } = engine;
      const rows = texts.map((text, at) => `(${at}, CAST(${dialect.literal(text)} AS VARCHAR))`);
      const relation = respelledNumbers(
        {
          sql: `(VALUES ${rows.join(", ")}) AS given(place, x)`,
          columns: [{ name: "x", kind: "text" }],
          spelling,
        },
        ["x"],
        dialect,
      );
      const found = await engine.query(
        `SELECT ${columnSql(relation, "x", "number", dialect, false)} AS x FROM ${relation.sql} ORDER BY place`,
      );
      expect(found.map(({ x }) => finite(x))).toEqual(Object.values(meant));
    }
  });

  it("is refused with what was written, not with what was made of it", async () => {
    const rows = ["1,5", "1.5"].flatMap((montant) =>
      ["témoin", "nouveau"].map((groupe) => ({
        client: groupe + montant,
        groupe,
        canal: "x",
        achat: "1",
        montant,
      })),
    );
    for (const source of await everywhere(rows, { ...mapping, ...french }))
      expect(await answerOf(source, asked)).toEqual({
        ...{ code: "not_a_number", path: ["montant"], received: "1.5" },
      });
  });

  it("knows what is missing in typed columns, units and variants too", async () => {
    const engine = engines.duckdb;
    if (!engine) throw new Error("not open");
    await engine.query(
      `CREATE TABLE typed AS SELECT * FROM (VALUES ('a', 'témoin', 5.0, 1), ('NULL', 'témoin', 7.0, 1), ('b', 'nouveau', -999.0, 0), ('c', 'nouveau', 2.0, 1), ('d', 'NULL', 2.0, 1)) AS t(client, groupe, montant, achat)`,
    );
    const typed = { variant: "groupe", unit: "client", missing: ["NULL", "-999"] };
    const wanted = request(
      [metric("achat", "conversion"), metric("montant", "mean")],
      [],
      ["témoin", "nouveau"],
    );
    const rows = await engine.query("SELECT * FROM typed");
    const [one, other] = [
      await answerOf(fromTable(engine, { ...typed, table: "typed" }), wanted),
      await answerOf(fromRows(rows, typed), wanted),
    ];
    expect(one).toEqual(other);
    expect(one).toMatchObject({ excluded: { missing_unit: 1, missing_montant: 1 } });
  });
});

describe("a file in another encoding", () => {
  const text = 'client;groupe;canal;achat;montant\r\na;témoin;Été;1;"5 €"\r\nb;nouveau;Été;0;"7 €"\r\n';
  const bytes = {
    "utf-8": Buffer.from(text),
    "latin-1": Buffer.from([...text].map((char) => (char === "€" ? 0x80 : char.charCodeAt(0)))),
    "utf-16": Buffer.from(`\ufeff${text}`, "utf16le"),
  } as const;

  const others = {
    ...bytes,
    "utf-16 that begins with its big end": Buffer.from(`\ufeff${text}`, "utf16le").swap16(),
    "utf-8 with a mark": Buffer.from(`\ufeff${text}`),
    "latin-1 behind much plain text": Buffer.concat([
      Buffer.from(`client;groupe;canal;achat;montant\r\n${"x;autre;Web;0;\r\n".repeat(12_000)}`),
      bytes["latin-1"].subarray(text.indexOf("a;")),
    ]),
    "latin-1 after the line that Excel writes for itself": Buffer.concat([
      Buffer.from("sep=;\r\n"),
      bytes["latin-1"],
    ]),
  } as const;
  const ways = (["csv", "duckdb", undefined] as const).map((engine) => (engine ? { engine } : {}));
  const levels = [{ levels: ["Été"] }, { levels: ["Été"] }];

  it.each(Object.keys(bytes) as (keyof typeof bytes)[])(
    "is read in %s where it is declared",
    async (encoding) => {
      const file = files.file(`${encoding}.csv`, bytes[encoding]);
      const declared = { ...mapping, decimal: ",", encoding } as const;
      for (const way of ways)
        expect(await answerOf(fromFile(file, declared, way), asked)).toMatchObject({ cells: levels });
    },
  );

  it.each(Object.keys(others) as (keyof typeof others)[])("is found to be %s", async (name) => {
    const file = files.file(`${name}.csv`, others[name]);
    const gzipped = files.file(`${name}.csv.gz`, gzipSync(others[name]));
    const variant = { column: "groupe", unknown: "ignore" } as const;
    for (const way of ways)
      for (const each of [file, gzipped])
        expect(
          await answerOf(fromFile(each, { ...mapping, variant, unit: "client", decimal: "," }, way), asked),
        ).toMatchObject({ cells: levels });
  });

  it.each([
    ["utf-8 in which a byte is damaged", Buffer.concat([bytes["utf-8"], Buffer.from([0xe9, 0x3b])])],
    ["utf-16 without its mark", Buffer.from(text, "utf16le")],
    ["something that is not text", Buffer.concat([bytes["latin-1"], Buffer.from([0x81, 0x8d, 0x8f])])],
  ])("is refused where it is %s, with what to declare", async (name, content) => {
    const file = files.file(`${name}.csv`, content);
    for (const way of ways)
      await expect(fromFile(file, mapping, way).read(asked)).rejects.toThrow(
        /is not in UTF-8.*"encoding": "latin-1"/,
      );
  });

  it("is read beside a file of another kind, with options of DuckDB's", async () => {
    const at = "2026-01-01";
    const done = files.file("done.csv", Buffer.from(`client;événement;at\r\na;achat;${at}\r\n`, "latin1"));
    const seen = `${files.folder}/seen.parquet`;
    await engines.duckdb?.query(
      `COPY (SELECT * FROM (VALUES ('a', 'témoin', '${at}'), ('b', 'nouveau', '${at}')) AS t(client, groupe, "at")) TO '${seen}' (FORMAT parquet)`,
    );
    const source = fromFile(
      { exposures: seen, events: done },
      {
        exposures: { unit: "client", variant: "groupe", at: "at" },
        events: { unit: "client", event: "événement", at: "at" },
      },
      { threads: 2, memoryLimit: "1GB" },
    );
    const bought = { ...metric("achat", "conversion"), event: "achat" };
    const { cells } = (await source.read(request([bought], [], ["témoin", "nouveau"]))) as Cells;
    expect(cells.map(({ moments }) => moments[0]?.mean[0])).toEqual([1, 0]);
  });
});

describe("a number that is refused", () => {
  it.each([
    ["12,50", '"decimal": ","'],
    ["-1 234,50 €", '"decimal": ","'],
    ["1,250", '"decimal": "," / "thousands": ","'],
    ["1.234,50", '"decimal": ",", "thousands": "."'],
    ["1,234.50", '"thousands": ","'],
    ["1,234,567", '"thousands": ","'],
    ["1'234.5", '"decimal": ".", "thousands": "\'"'],
    ["1\u202f234", '"decimal": "."'],
    ["12.50 €", '"decimal": "."'],
    ["Oui", '"yes": ["oui"], "no": ["non"]'],
    ["FAUX", '"yes": ["vrai"], "no": ["faux"]'],
    ["#N/A", '"missing": ["#N/A"]'],
    ["NULL", '"missing": ["NULL"]'],
  ])("%s names what to declare, and what it names is what reads it", async (written, declaration) => {
    const rows = ["témoin", "nouveau"].map((groupe) => ({ groupe, montant: written }));
    const amount = request([metric("montant", "mean")], [], ["témoin", "nouveau"]);
    const sources = await everywhere(rows, { variant: "groupe" });
    for (const source of sources)
      for (const [language, phrase] of [
        [english, "data section"],
        [frenchErrors, "section data"],
      ] as const) {
        const error = await source.read(amount).catch((thrown: unknown) => thrown);
        if (!(error instanceof ExperimentError)) throw error;
        const told = inLanguage(error.problems[0] ?? error, language).message;
        expect(told).toContain(phrase);
        expect(told).toContain(declaration);
      }
    const declared = JSON.parse(`{${declaration.replace(/ \/.*/, "")}}`) as Spelling;
    for (const source of await everywhere(rows, { variant: "groupe", ...declared }))
      expect(await answerOf(source, amount)).not.toHaveProperty("code");
  });

  it.each(["lots", "12 %", "1,2,3", "Paris"])("%s names nothing that would not read it", async (written) => {
    expect(declarationFor({ path: [], received: written })).toBeUndefined();
  });
});
