import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Report } from "../../src/analysis/index.js";
import { randomSource } from "../../src/random/index.js";
import { essai, temporaryFolder } from "./terminal.js";

const files = temporaryFolder();
const random = randomSource("any file");
const below = (n: number) => Math.floor(random.next() * n);
const lines = (header: string, make: (at: number) => readonly unknown[], mark = ",", count = 1200) =>
  [header, ...Array.from({ length: count }, (_, at) => make(at).join(mark))].join("\r\n");
const written = (name: string, content: string | Uint8Array) => {
  writeFileSync(files.path(name), content);
  return files.path(name);
};

const orders = () =>
  lines("id,group,channel,click,spend", (at) => [
    ...[at, at % 2 ? "control" : "test", ["web", "app"][below(2)], below(2), (random.next() * 90).toFixed(2)],
  ]);
/** What French Excel writes. */
const sales = (mark: string) =>
  lines(
    ["Client", "Groupe", "Saison", "Achat", "Montant"].join(mark),
    (at) => {
      const bought = below(4) === 0;
      const euros = bought ? `${below(2) ? "1 " : ""}${200 + below(700)},${10 + below(90)} €` : "0,00 €";
      return [
        `C${at}`,
        at % 2 ? "Bannière" : "Témoin",
        ["Été", "Hiver"][below(2)],
        bought ? "oui" : "non",
        at % 40 ? euros : "NA",
      ];
    },
    mark,
  );
const windows = (text: string) => Buffer.from(text.replaceAll("€", "\x80"), "latin1");
const french = ["--decimal", ",", "--missing", "NA", "--yes", "oui", "--no", "non"];

describe("essai analyze FILE, with nothing else", () => {
  it("guesses, says what and why on stderr, and saves a file that gives the same report", async () => {
    const [file, save] = [written("orders.csv", orders()), files.path("saved.json")];
    const { code, out, err } = await essai(["analyze", file, "--save", save]);
    expect(code).toBe(0);
    expect(err).toContain("guessed from 1,200 rows");
    expect(err).toContain("group (test, control): its name and its values say so");
    expect(err).toContain("id: named like an identifier, each value once");
    expect(err).toContain(`wrote ${save}`);
    expect(out).toContain("Does the effect differ");
    const again = await essai(["analyze", file, "--experiment", save, "--by", "channel"]);
    expect([again.code, again.err, again.out]).toEqual([0, "", out]);
    expect(await essai(["validate", save])).toMatchObject({ code: 0 });
  });

  it("says it in French", async () => {
    const { err } = await essai(["analyze", written("commandes.csv", orders()), "--lang", "fr"]);
    expect(err).toContain("deviné d’après les 1");
    expect(err).toContain("témoin");
    expect(err).not.toMatch(/guessed|named like/);
  });

  it.each([
    ["in Windows' encoding with semicolons", () => written("ventes.csv", windows(sales(";")))],
    ["in UTF-16 with tabs", () => written("ventes16.txt", Buffer.from(`\ufeff${sales("\t")}`, "utf16le"))],
    ["gzipped, in UTF-8", () => written("ventes.csv.gz", gzipSync(sales(";")))],
    ["with Excel's own first line", () => written("sep.csv", windows(`sep=;\r\n${sales(";")}`))],
  ])("refuses a French export %s with the complete command, which reads it", async (_, make) => {
    const file = make();
    const refused = await essai(["analyze", file]);
    expect([refused.code, refused.out]).toEqual([1, ""]);
    expect(refused.err).toContain(`essai analyze ${file} ${french.join(" ")}`);
    for (const engine of ["duckdb", "csv"]) {
      const { code, out } = await essai(["analyze", file, ...french, "--json", "--engine", engine]);
      expect(code).toBe(0);
      const report = JSON.parse(out) as Report;
      expect(report.excluded).toEqual({ missing_Montant: 30 });
      expect(report.metrics.map(({ key, type }) => [key, type])).toEqual([
        ["Achat", "conversion"],
        ["Montant", "mean"],
      ]);
      // 12,50 is never 1250.
      for (const value of report.macro.find(({ metric }) => metric === "Montant")?.values ?? []) {
        expect(value).toBeGreaterThan(100);
        expect(value).toBeLessThan(400);
      }
    }
  });

  it.each<[string, () => string, RegExp]>([
    [
      "no arm named control",
      () => lines("version,visits", () => [["g30", "g40"][below(2)], below(9)]),
      /--control: .* --control g30$/,
    ],
    [
      "unequal arms",
      () => lines("group,click", (at) => [at % 10 ? "test" : "control", below(2)]),
      /--share test=0.9 --share control=0.1$/,
    ],
    [
      "no variant",
      () => lines("age,income", () => [below(90), "<50K"]),
      /--variant: no column says plainly.* --variant COLUMN/,
    ],
    [
      "a code",
      () => lines("group,visits", (at) => [["test", "control"][at % 2], at % 7 ? below(9) : -999]),
      /visits: .*\(received "-999"\).*--missing=-999$/,
    ],
    [
      "English thousands",
      () =>
        lines("group,spend", (at) => [
          ["test", "control"][at % 2],
          `"${1 + below(9)},${100 + below(900)}.50"`,
        ]),
      /--thousands ,$/,
    ],
    [
      "text for an outcome",
      () => lines("group,name", (at) => [["test", "control"][at % 2], `n${at}`]),
      /--outcomes: no column is plainly an outcome/,
    ],
    ["one row", () => lines("group,click", () => ["control", 1], ",", 1), /--variant/],
    ["a header alone", () => "group,click\r\n", /--variant/],
    ["nothing", () => "", /hold no unit/],
    ["a damaged byte", () => `${orders()}\r\nété`, /is not in UTF-8|columns/i],
  ])("refuses %s, and shows what to write", async (name, make, message) => {
    const file = written(`${name}.csv`, make());
    const { code, out, err } = await essai(["analyze", file]);
    expect(err.trim().split("\n").at(-1)).toMatch(message);
    expect([code, out]).toEqual([1, ""]);
  });

  it("says where levels are hundreds, and offers to bin them", async () => {
    const file = written(
      "cities.csv",
      lines("group,city,age,click", (at) => [
        ["test", "control"][at % 2],
        `c${(at >> 1) % 300}`,
        18 + below(60),
        below(2),
      ]),
    );
    const { err } = await essai(["analyze", file]);
    expect(err).toContain(
      "city: too many different values for a dimension; --bin city=10 keeps the 10 most frequent",
    );
    expect(err).toContain("age: numbers from before the test, by its name; --bin age=A,B cuts them");
    const asked = await essai(["analyze", file, "--by", "city"]);
    expect(asked.err).toMatch(/city has 300 levels.*"keep"/);
    expect((await essai(["analyze", file, "--by", "city", "--lang", "fr"])).err).toMatch(
      /city a 300 niveaux/,
    );
    const { code, out } = await essai(["analyze", file, "--bin", "city=2", "--bin", "age=30,50", "--json"]);
    expect(code).toBe(0);
    const { dimensions, micro } = JSON.parse(out) as Report;
    expect(dimensions).toEqual(["city", "age"]);
    expect(new Set(micro.map(({ cell }) => cell.age))).toEqual(
      new Set([undefined, "< 30", "30 – < 50", "≥ 50"]),
    );
    expect(new Set(micro.map(({ cell }) => cell.city)).size).toBe(4);
    expect((await essai(["analyze", file, "--bin", "city"])).err).toMatch(/--bin: .*write --bin COLUMN=10/);
    expect((await essai(["analyze", file, "--bin", "town=3"])).err).toMatch(/--bin: .*no such column/);
  });

  it("says what it cannot name, and does not list hundreds of columns", async () => {
    const many = Array.from({ length: 40 }, (_, i) => `f${i}`);
    const file = written(
      "many.csv",
      lines(["group", "click", "spend", "Spend", ...many].join(","), (at) => [
        ...[["test", "control"][at % 2], below(2), 1, 2, ...many.map(() => random.next())],
      ]),
    );
    const { err } = await essai(["analyze", file]);
    expect(err).toContain("f11: numbers");
    expect(err).not.toContain("f12: numbers");
    expect(err).toContain("and 30 more");
    const few = written(
      "few.csv",
      lines("group,click,spend,Spend", (at) => [["test", "control"][at % 2], below(2), 1, 2]),
    );
    expect((await essai(["init", few])).err).toContain("Spend: the name of several columns");
  });

  it("analyses a test whose shares nobody recorded, and says that they were not checked", async () => {
    const file = written(
      "field.csv",
      lines("group,click", (at) => [at % 10 ? "test" : "control", below(2)]),
    );
    const { out, err } = await essai(["analyze", file, "--share", "unknown"]);
    expect(err).toContain("unknown: not checked");
    expect(out).toContain("nobody recorded the planned shares");
    const init = await essai(["init", file, "--share", "unknown"]);
    expect(JSON.parse(init.out)).toMatchObject({ allocation: "unknown" });
    expect((await essai(["analyze", file, "--share", "unknown", "--share", "test=0.9"])).err).toMatch(
      /--share/,
    );
  });

  it("refuses what is told and is not there, and what an experiment file says already", async () => {
    const file = written("told.csv", orders());
    expect((await essai(["analyze", file, "--variant", "grup"])).err).toMatch(
      /--variant: .*did you mean "group"/,
    );
    expect((await essai(["analyze", file, "--control", "contrl"])).err).toMatch(/--control: .*"control"/);
    expect((await essai(["analyze", file, "--share", "test=2"])).err).toMatch(
      /--share: must be above 0 and below 1/,
    );
    expect((await essai(["analyze", file, "--decimal", ";"])).err).toMatch(/--decimal/);
    const save = files.path("told.json");
    await essai(["init", file, "--save", save]);
    expect((await essai(["analyze", file, "-e", save, "--control", "test"])).err).toMatch(
      /--experiment FILE \| --control/,
    );
    expect((await essai(["analyze", file, "--save", file])).err).toMatch(/--save: is the same file as FILE/);
  });

  it("asks on a terminal what it cannot know", async () => {
    const file = written(
      "asked.csv",
      lines("version,achat", (at) => [["g30", "g40"][at % 2], ["oui", "non"][below(2)]]),
    );
    const questions: string[] = [];
    const answers = ["2", "y"];
    const ask = async (question: string) => {
      questions.push(question);
      return answers.shift() ?? "";
    };
    const { code, err } = await essai(["analyze", file], { ask });
    expect(code).toBe(0);
    expect(questions).toHaveLength(2);
    expect(questions[1]).toContain('yes ["oui"]');
    expect(err).toContain("g40: as said");
    const refused = await essai(["analyze", file], { ask: async () => "" });
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/--control: /);
  });
});

describe("essai init", () => {
  it("prints the experiment file of a table, or writes it", async () => {
    const file = written("init.csv", orders());
    const { code, out, err } = await essai(["init", file, "--by", "channel"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      key: "init",
      unit: "id",
      control: "control",
      metrics: [
        { key: "click", type: "conversion" },
        { key: "spend", type: "mean" },
      ],
      data: { variant: "group", unit: "id", dimensions: ["channel"] },
    });
    expect(err).toContain("guessed from");
    const save = files.path("init.json");
    const saved = await essai(["init", file, "--by", "channel", "--save", save]);
    expect([saved.code, saved.out]).toEqual([0, ""]);
    expect(readFileSync(save, "utf8")).toBe(out);
  });

  it("needs one file", async () => {
    expect((await essai(["init"])).err).toMatch(/FILE: is needed/);
    expect((await essai(["init", "a.csv", "b.csv"])).err).toMatch(/FILE/);
  });
});

describe("essai analyze of files that are no CSV", () => {
  const parsed = (text: string) => {
    const [header = "", ...rest] = text.split("\r\n");
    const names = header.split(",");
    return rest.map((line) => Object.fromEntries(line.split(",").map((cell, i) => [names[i], cell])));
  };
  const withoutNames = (out: string) => out.replaceAll(/^\S+ {2}version.*|essai analyze .*$/gm, "");

  it("gives the same report of JSON, of standard input and of a folder of parts", async () => {
    const table = orders();
    const expected = await essai(["analyze", written("same.csv", table)]);
    expect(expected.code).toBe(0);
    const rows = parsed(table);
    const all = [
      written("same.json", JSON.stringify(rows)),
      written("same.jsonl", rows.map((row) => JSON.stringify(row)).join("\n")),
      written("same.ndjson.gz", gzipSync(rows.map((row) => JSON.stringify(row)).join("\n"))),
    ];
    for (const file of all) {
      const { code, out } = await essai(["analyze", file]);
      expect([code, withoutNames(out)]).toEqual([0, withoutNames(expected.out)]);
    }
    for (const content of [table, gzipSync(table), JSON.stringify(rows), readFileSync(all[1] ?? "")]) {
      const { code, out, err } = await essai(["analyze", "-"], {
        input: Readable.from([Buffer.from(content)]),
      });
      expect([code, withoutNames(out)]).toEqual([0, withoutNames(expected.out)]);
      expect(err).toContain("rows of -:");
    }
    const [header = "", ...lines] = table.split("\r\n");
    for (const [at, group] of ["control", "test"].entries()) {
      mkdirSync(files.path(`parts/group=${group}`), { recursive: true });
      const own = lines.filter((line) => line.split(",")[1] === group);
      const bare = [header, ...own].map((line) =>
        line
          .split(",")
          .filter((_, i) => i !== 1)
          .join(","),
      );
      written(`parts/group=${group}/${at}.csv`, bare.join("\n"));
    }
    const { code, out, err } = await essai(["analyze", files.path("parts")]);
    expect([err.includes("group (control, test)"), code]).toEqual([true, 0]);
    expect(out).toContain("1,200 units (id)");
    written("parts/notes.md", "?");
    expect((await essai(["analyze", files.path("parts")])).err).toMatch(
      /FILE: .*give one of: .*\.csv, .*\.md/,
    );
  });

  it("tells of standard input by its name, and needs some", async () => {
    const input = () =>
      Readable.from([Buffer.from(lines("version,visits", () => [["g30", "g40"][below(2)], below(9)]))]);
    const refused = await essai(["analyze", "-"], { input: input() });
    expect([refused.code, refused.out]).toEqual([1, ""]);
    expect(refused.err).toContain("essai analyze - --control g30");
    const made = await essai(["init", "-", "--control", "g30"], { input: input() });
    expect(JSON.parse(made.out)).toMatchObject({ key: "stdin", control: "g30" });
    expect((await essai(["analyze", "-"])).err).toMatch(/FILE: is needed/);
    expect((await essai(["analyze", "-"], { input: Readable.from([]) })).err).toMatch(/hold no unit.*"-"/);
  });

  it("takes ready-made cells by standard input, too", async () => {
    const [cells, experiment] = ["cells.json", "experiment.json"].map(
      (name) => `docs/examples/hillstrom/${name}`,
    );
    const input = Readable.from([readFileSync(cells ?? "")]);
    const { code, out } = await essai(["analyze", "-", "--experiment", experiment ?? ""], { input });
    expect([code, out.startsWith("hillstrom")]).toEqual([0, true]);
  });
});
