import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { defineExperiment } from "../../src/index.js";
import { randomSource } from "../../src/random/index.js";
import type { SegmentDiscovery } from "../../src/segments/index.js";
import { essai, temporaryFolder } from "./terminal.js";

const files = temporaryFolder();

function campaign(): string {
  const random = randomSource("campaign");
  const lines = Array.from({ length: 2500 }, (_, i) => {
    const [group, member] = [random.next() < 0.5 ? "mail" : "control", random.next() < 0.4 ? 1 : 0];
    const ordered = random.next() < (group === "mail" && member ? 0.45 : 0.15) ? 1 : 0;
    const city = ["Lyon", "Nice", ""][Math.floor(3 * random.next())];
    return [`u${i}`, group, member, city, Math.floor(90 * random.next()), ordered, ordered * 20].join(",");
  });
  return files.write(
    "campaign.csv",
    `customer_id,group,member,city,recency,ordered,revenue\n${lines.join("\n")}\n`,
  );
}
const words = (...more: string[]) => [
  "segments",
  campaign(),
  "--outcome",
  "ordered",
  "--repeats",
  "2",
  ...more,
];

describe("essai segments", () => {
  it("finds whom a treatment is for, at a cost, and leaves other outcomes alone", async () => {
    const { code, out, err } = await essai(words("--cost", "mail=0.1", "--json"));
    expect(code).toBe(0);
    const found = JSON.parse(out) as SegmentDiscovery;
    expect(found.attributes).toEqual(["city", "member", "recency"]);
    expect(err).toContain("revenue");
    const [{ segments, control }] = found.treatments as [SegmentDiscovery["treatments"][number]];
    expect([control, segments[0]!.condition, segments[0]!.action]).toEqual([
      ...["control", { attribute: "member", eq: 1 }, "only"],
    ]);
  });

  it("searches groups that are asked for, and saves segments as a typed module; currencies are told", async () => {
    const saved = files.path("found.ts");
    const asked = words("--groups", "mixture", "--cost", "mail=0.1", "--currency", "EUR", "--save", saved);
    const { code, out } = await essai([...asked, "--depth", "1"]);
    expect(code).toBe(0);
    expect(out).toContain("Amounts are in EUR.");
    const written = readFileSync(saved, "utf8");
    expect(written).toMatch(/^\/\/ Found by `essai segments` in .*campaign\.csv\./);
    expect(JSON.parse(written.replace(/^.*\n.*?= /, "").replace(" as const;", ""))).toEqual({
      "mail 1": { attribute: "member", eq: 1 },
    });
    const plain = await essai(words("--cost", "mail=0.1", "--depth", "1"));
    expect(plain.out).toContain("No currency was given (--currency)");
    for (const [groups, path] of [
      ["rfm", "--groups"],
      ["kmeans", "--groups"],
    ] as const) {
      const refused = await essai(words("--groups", groups));
      expect([refused.code > 0, refused.err.includes(path)]).toEqual([true, true]);
    }
    expect((await essai(words("--currency", "EUR"))).err).toContain("--cost mail=0.05");
  });

  it("tells it in English and French, as text and Markdown", async () => {
    for (const [lang, expected, beside] of [
      [
        "en",
        ["mail against control", "member = 1: treat only these", "1 segment stands up"],
        "not searched, by their names recorded later: revenue\n",
      ],
      [
        "fr",
        ["mail contre control", "ne traiter que ceux-là", "1 segment se confirme"],
        "pas examinées, relevées plus tard d’après leur nom : revenue\n",
      ],
    ] as const)
      for (const format of [[], ["--markdown"]]) {
        const { out, err } = await essai(words("--cost", "mail=0.1", "--lang", lang, ...format));
        expect(err).toBe(beside);
        for (const each of expected) expect(out.replaceAll(/\s+/g, " ")).toContain(each);
        expect(out).toContain('"attribute"'.replaceAll('"', format.length > 0 ? '"' : '"'));
        expect(out).not.toMatch(/NaN|undefined/);
      }
  });

  it("reads a French export as the same data: commas for points, oui and non, codes for what is missing", async () => {
    const french = readFileSync(campaign(), "utf8")
      .split("\n")
      .map((line, i) => {
        if (i === 0 || line === "") return line.replaceAll(",", ";");
        const [id, group, member, city, recency, ordered, revenue] = line.split(",");
        return [
          id,
          group,
          member === "1" ? "oui" : "non",
          city || "NA",
          `${recency},5`,
          ordered,
          `${revenue},00`,
        ].join(";");
      })
      .join("\n");
    const file = files.write("export.csv", french);
    const options = ["--outcome", "ordered", "--repeats", "2", "--cost", "mail=0.1", "--json"];
    const told = ["--yes", "oui", "--no", "non", "--missing", "NA"];
    const { out, err, code } = await essai(["segments", file, ...options, ...told]);
    expect(code).toBe(0);
    expect(err).toContain('"decimal":","');
    const plain = JSON.parse((await essai(words("--cost", "mail=0.1", "--json"))).out) as SegmentDiscovery;
    const found = JSON.parse(out) as SegmentDiscovery;
    expect(found.attributes).toEqual(plain.attributes);
    expect(found.treatments[0]!.segments[0]!.condition).toEqual(plain.treatments[0]!.segments[0]!.condition);
    const refused = await essai(["segments", file, ...options, ...told, "--decimal", ";"]);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("--decimal")]);
  });

  it("says what everyone the same and the best tree are worth, where asked", async () => {
    const { out } = await essai(words("--cost", "mail=0.1", "--values"));
    expect(out).toContain("best tree ");
    const { code, err } = await essai(words("--values", "--tree-depth", "4"));
    expect(code).toBe(1);
    expect(err).toContain("--tree-depth");
    expect(out.replaceAll(/\s+/g, " ")).toContain("member = 1: mail");
    const { values } = JSON.parse((await essai(words("--cost", "mail=0.1", "--values", "--json"))).out);
    expect(Object.keys(values.single)).toEqual(["control", "mail"]);
  });

  it("says what a budget brings, and writes who gets what for it", async () => {
    const file = files.path("plan.csv");
    const asked = ["--cost", "mail=0.1", "--budget", "50", "--repeats", "1"];
    for (const [lang, expected] of [
      ["en", ["Of a budget of 50.0, 50.0 is spent on the 500 units", "No currency was given (--currency)"]],
      ["fr", ["Sur un budget de 50,0 EUR, 50,0 EUR vont aux 500 unités", "Montants en EUR"]],
    ] as const) {
      const { out, code } = await essai(
        words(...asked, "--lang", lang, "--plan", file, ...(lang === "fr" ? ["--currency", "EUR"] : [])),
      );
      expect(code).toBe(0);
      for (const each of expected) expect(out.replaceAll(/\s+/g, " ")).toContain(each);
      expect(out).not.toMatch(/NaN|undefined/);
    }
    const lines = readFileSync(file, "utf8").trim().split("\n");
    expect([lines.length, lines[0]]).toEqual([2501, "unit,variant,expected,tenth"]);
    expect(lines.filter((line) => line.includes(",mail,"))).toHaveLength(500);
  });

  it("writes the segments as an experiment file has them", async () => {
    const file = files.path("segments.json");
    const { code, err } = await essai(words("--save", file));
    expect([code, err.includes(`wrote ${file}`)]).toEqual([0, true]);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
      segments: { "mail 1": { attribute: "member", eq: 1 } },
    });
  });

  it("reads a table as its experiment file says, values today's rules, and the report tells it", async () => {
    const { definition } = {
      definition: defineExperiment({
        ...{ key: "offer", unit: "customer_id", control: "control", variants: { control: null, post: null } },
        metrics: [{ key: "ordered", type: "conversion", role: "goal" }],
        audience: { attribute: "recency", lt: 80 },
      }),
    };
    const variant = { column: "group", values: { mail: "post" } };
    const file = files.write(
      "exp.json",
      JSON.stringify({ ...definition, data: { variant, unit: "customer_id" } }),
    );
    const today = {
      rules: [{ when: { attribute: "member", eq: 1 }, variant: "post" }],
      otherwise: "control",
    };
    const rules = files.write("today.json", JSON.stringify({ today }));
    const table = campaign();
    const asked = ["segments", table, "--experiment", file, "--repeats", "1", "--cost", "post=0.1"];
    const { code, out, err } = await essai([...asked, "--policies", rules, "--json"]);
    expect([code, err]).toEqual([0, expect.stringMatching(/left out: \d+ not of the audience, 0/)]);
    const { treatments, values, units } = JSON.parse(out);
    expect(units).toBeLessThan(2400);
    expect([treatments[0].treatment, treatments[0].segments[0].condition]).toEqual([
      ...["post", { attribute: "member", eq: 1 }],
    ]);
    expect(values.policies.today.overControl.interval[0]).toBeGreaterThan(0);
    const found = files.write("found.json", out);
    const page = files.path("page.html");
    const told = await essai(["analyze", table, "--experiment", file, "--segments", found, "--html", page]);
    expect([told.code, told.out]).toEqual([0, expect.stringContaining("Whom to treat?")]);
    expect(readFileSync(page, "utf8")).toContain('id="whom"');
    const alone = await essai(["analyze", table, "--experiment", file, "--segments", found, "--json"]);
    expect([alone.code, alone.err]).toEqual([1, expect.stringContaining("--segments")]);
    for (const [change, expected] of [
      [{ policy: "thompson" }, /policy: .*learns/],
      [{ data: undefined }, /data/],
      [{ audience: { attribute: "town", eq: "x" } }, /town/],
    ] as const) {
      const other = files.write(
        "other.json",
        JSON.stringify({ ...definition, data: { variant }, ...change }),
      );
      const refused = await essai(["segments", table, "--experiment", other]);
      expect([refused.code, refused.err]).toEqual([1, expect.stringMatching(expected)]);
    }
  });

  it.each([
    [["--control", "contrl"], /--control: .*control/],
    [["--cost", "mail"], /--cost: .*LEVEL=0.05/],
    [["--cost", "post=1"], /--cost/],
    [["--attributes", "membr"], /--attributes: .*member/],
    [["--depth", "5"], /--depth: /],
    [["--budget", "0"], /--budget: /],
    [["--plan", "plan.csv"], /--plan: .*--budget 500/],
    [["--budget", "9", "--cost", "control=0.1"], /--cost/],
    [["--level", "2"], /--level: /],
    [["--json", "--markdown"], /--json \| --markdown/],
    [["--lang", "de"], /--lang: .*en, fr/],
  ])("refuses %j", async (more, expected) => {
    const { code, out, err } = await essai(words(...more));
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(expected);
  });

  it("asks for the outcome where there are several", async () => {
    const { code, err } = await essai(["segments", campaign()]);
    expect(code).toBe(1);
    expect(err).toMatch(/--outcome: .*ordered, revenue/);
  });

  it("searches what units did before their exposure, and nothing of what came after", async () => {
    const random = randomSource("events");
    const met = Array.from({ length: 700 }, (_, i) => {
      const [group, bought] = [random.next() < 0.5 ? "mail" : "control", random.next() < 0.4];
      const ordered = random.next() < (group === "mail" && bought ? 0.6 : 0.15) ? 1 : 0;
      return { id: `u${i}`, group, bought, ordered };
    });
    const table = met.map(({ id, group, ordered }) => `${id},${group},2025-04-01,${ordered}`);
    const deeds = met.flatMap(({ id, group, bought }) => [
      ...(bought ? [`${id},2025-03-20T10:00:00Z,purchase,20`] : []),
      ...(group === "mail" ? [`${id},2025-04-02T10:00:00Z,visit,`] : []),
    ]);
    const file = files.write("met.csv", `customer_id,group,met,ordered\n${table.join("\n")}\n`);
    const events = files.write("deeds.csv", `customer_id,at,event,revenue\n${deeds.join("\n")}\n`);
    const asked = ["segments", file, "--outcome", "ordered", "--repeats", "1", "--events", events];
    const told = ["--before", "met", "--event-column", "amount=revenue", "--json"];
    const { code, out, err } = await essai([...asked, ...told]);
    expect([code, err]).toEqual([0, expect.stringMatching(/events not counted: \d+ at the exposure/)]);
    const { attributes, refused, treatments } = JSON.parse(out) as SegmentDiscovery;
    expect([...attributes, ...refused.map(({ attribute }) => attribute)]).toContain("recency_days");
    expect(attributes).not.toContain("met");
    expect(refused).toContainEqual({ attribute: "visits", reason: "constant" });
    expect(JSON.stringify(treatments[0]!.segments[0]!.condition)).toMatch(
      /frequency|recency|monetary|tenure|average_order|share|main_/,
    );
    for (const [options, named] of [
      [[], "--events"],
      [["--before", "met", "--event-column", "price=revenue"], "--event-column"],
      [["--before", "met", "--engine", "csv"], "--events"],
    ] as const) {
      const bad = await essai([...asked, ...options]);
      expect([bad.code, bad.err]).toEqual([1, expect.stringContaining(named)]);
    }
  });
});
