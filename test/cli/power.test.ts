import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { showPower } from "../../src/cli/power/show-power.js";
import { voiceIn } from "../../src/report/index.js";
import { sampleSizeForDecision } from "../../src/stats/index.js";
import { essai, temporaryFolder } from "./terminal.js";

const files = temporaryFolder();
const checkout = {
  key: "checkout",
  unit: "customer",
  variants: { control: null, b: null, c: null },
  allocation: { control: 0.5, b: 0.3, c: 0.2 },
  metrics: [
    { key: "order", type: "conversion", smallest: 0.05 },
    { key: "revenue", type: "mean" },
    { key: "return", type: "conversion", role: "guardrail", better: "lower", margin: 0.1 },
    { key: "load", type: "mean", role: "diagnostic" },
  ],
};
const supposed = [
  ...["--baseline", "order=0.1", "--baseline", "revenue=12", "--deviation", "revenue=40"],
  ...["--baseline", "return=0.04"],
];
const power = (...args: readonly string[]) =>
  essai(["power", files.write("checkout.json", checkout), ...args]);

describe("essai power", () => {
  it("gives the units of the decision, by variant and in days, and the metric that decides", async () => {
    const { code, out, err } = await power(...supposed, "--daily", "20000");
    expect([code, err]).toEqual([0, ""]);
    const size = sampleSizeForDecision({
      metrics: [
        { key: "order", role: "goal", baseline: 0.1, lift: 0.05 },
        { key: "revenue", role: "goal", baseline: 12, variance: 1600 },
        { key: "return", role: "guardrail", baseline: 0.04, better: "lower", margin: 0.1 },
      ],
      ...{ treatments: 2, ratio: 0.2 / 0.5 },
    });
    const count = (units: number) => units.toLocaleString("en");
    const all = size.exactControl / 0.5;
    expect(out).toContain(`control ${count(size.control)}`);
    expect(out).toContain(`c ${count(size.treatment)}`);
    expect(out).toContain(`${Math.ceil(all / 20_000)} days at 20,000 units a day`);
    expect(out).toContain(`${size.decides} decides`);
    expect(out).toMatch(/order +goal, \+5\.0% +0\.625% +[\d,]+ +9\d/);
    expect(out).toMatch(/return +guardrail, within 10% +2\.50% /);
    expect(out.replace(/\s+/g, " ")).toMatch(/may fail with probability 8\.[78]%; 2\.5% is kept for harm/);
  });

  it("obeys the plan: level, correction, looks and strict", async () => {
    const units = async (plan: object) => {
      const file = files.write("planned.json", { ...checkout, plan });
      const { out } = await essai(["power", file, ...supposed]);
      return Number(out.match(/: ([\d,]+) units/)?.[1]?.replaceAll(",", ""));
    };
    const plain = await units({});
    for (const plan of [{ level: 0.99 }, { looks: 3 }]) expect(await units(plan)).toBeGreaterThan(plain);
    for (const plan of [{ level: 0.8 }, { macro: "none" }]) expect(await units(plan)).toBeLessThan(plain);
  });

  it.each([
    ["no file", ["power"], /FILE: is needed/],
    [
      "a table without an experiment",
      ["power", "orders.csv.gz"],
      /FILE: is a table.*run essai aa orders\.csv\.gz --save experiment\.json; essai power experiment\.json --data orders\.csv\.gz/,
    ],
    ["a goal without a baseline", [], /--baseline: is needed and is missing; write --baseline order=0\.1/],
    [
      "an amount without a deviation",
      ["--baseline", "order=0.1", "--baseline", "revenue=12"],
      /--deviation: .*revenue=25/,
    ],
    ["a metric that does not exist", ["--baseline", "ordr=0.1"], /--baseline: .*did you mean "order"/],
    ["a value that is not a number", ["--baseline", "order=ten"], /--baseline: .*order=0\.1/],
    ["a power of 80", [...supposed, "--power", "80"], /--power: must be above 0 and below 1/],
    ["no units a day", [...supposed, "--daily", "0"], /--daily: /],
    ["a time without a table", [...supposed, "--time", "day"], /--time: needs another option.*--data FILE/],
    ["days without units a day", [...supposed, "--days", "7"], /--days: needs another option.*--daily N/],
    ["clusters without a table", [...supposed, "--cluster", "shop"], /--cluster: needs.*--data FILE/],
    [
      "clusters whose units may be anything to each other",
      [...supposed, "--cluster-size", "20", "--correlation", "order=0.1"],
      /--correlation: .*revenue=0\.05/,
    ],
    ["a correlation of no clusters", [...supposed, "--correlation", "order=0.1"], /--cluster-size 25/],
    ["a correlation of two", [...supposed, "--correlation", "order=2"], /--correlation: must be .*1/],
    ["clusters of nobody", [...supposed, "--cluster-size", "0"], /--cluster-size: must be at least 1/],
    ["a table that is not mapped", ["--data", "past.csv"], /FILE\.data: is required/],
    ["a language that is not spoken", [...supposed, "--lang", "xx"], /--lang: is not one of the names/],
  ])("%s is refused", async (_, args, message) => {
    const { code, out, err } = args[0] === "power" ? await essai(args) : await power(...args);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(message);
  });

  it("puts plans side by side, and says what some days can show", async () => {
    const { out } = await power(...supposed, "--daily", "20000", "--days", "14");
    expect(out).toMatch(
      /UNITS BY EFFECT ON order\n +one look +10 looks, alpha spending +any look, always valid\n/,
    );
    expect(out).toMatch(/\+5\.0% +[\d,]+ · \d+ days +[\d,]+ \([\d,]+ on average\) · \d+ days/);
    expect(out).toMatch(/WHAT 14 DAYS CAN SHOW \(280,000 units\)\n +one look +\+\d+\.\d%/);
    expect(out).toMatch(/PROBABILITY OF SHIPPING \+5\.0% ON order/);
  });

  it("plans for a decision by beliefs, and says how often it errs", async () => {
    const believed = {
      ...{ key: "believed", unit: "customer", variants: { control: null, b: null } },
      metrics: [{ key: "order", type: "conversion", smallest: 0.1 }],
      plan: { method: "bayes", prior: { mean: 0, standardDeviation: 0.05 }, loss: 0.0025 },
    };
    const file = files.write("believed.json", believed);
    const asked = ["power", file, "--baseline", "order=0.05", "--daily", "2000"];
    const { code, out: json, err } = await essai([...asked, "--json"]);
    expect([code, err]).toEqual([0, ""]);
    const found = JSON.parse(json);
    const out = showPower(found, undefined, voiceIn("en"));
    expect(out).toMatch(/^believed: [\d,]+ units \(customer\) to ship with probability 80%/);
    expect(out).toMatch(/as supposed: ships in 80%.*, stops in [\d.]+%, after [\d,]+ units on average/);
    expect(out).toMatch(/where nothing moves: ships in 1\d\.\d%, stops in 1\d\.\d%/);
    expect(out).toMatch(/\(assurance\)/);
    expect(out).toMatch(/expected loss \(the plan of the file\) +one look +10 looks, alpha spending/);
    expect(out).toMatch(/WHAT 28 DAYS CAN SHOW.*\n +expected loss \(the plan of the file\) +\+\d/);
    // That no size is enough is found in test/stats: how it is told needs no search for one.
    expect(showPower({ ...found, believed: null }, undefined, voiceIn("fr"))).toMatch(
      /^believed : aucun nombre d’unités ne déploie/,
    );
  });

  it("plans without a supposed gain, by effect", async () => {
    const { code, out } = await power(...supposed, "--lift", "order=0");
    expect(code).toBe(0);
    expect(out).toContain("no gain of a goal is supposed; give it with --lift KEY=VALUE");
    expect(out).toMatch(/UNITS BY EFFECT ON order.*\+1\.0%.*\+20\.0%/s);
  });

  it("says when a test is not worth starting, in French too", async () => {
    const slow = [...supposed, "--daily", "300", "--lang", "fr"];
    expect((await power(...slow)).out).toMatch(/Ne vaut pas la peine tel quel : il faut [\d\s]+ jours/);
    expect((await power(...slow, "--max-days", "100000")).out).toMatch(/Cela vaut la peine/);
  });

  it("plans for clusters, typed or measured on a past table", async () => {
    const file = files.write("shops.json", {
      ...{ key: "shops", unit: "id", variants: { control: null, b: null } },
      metrics: [
        { key: "order", type: "conversion", smallest: 0.2 },
        { key: "spent", type: "mean", role: "guardrail", margin: 0.2 },
      ],
      data: { variant: "nowhere", unit: "id" },
    });
    const typed = ["--cluster-size", "25", "--correlation", "order=0.05", "--correlation", "spent=0"];
    const values = ["--baseline", "order=0.1", "--baseline", "spent=10", "--deviation", "spent=5"];
    const { code, out } = await essai(["power", file, ...values, ...typed, "--lang", "fr"]);
    expect(code).toBe(0);
    expect(out).toMatch(/On tire au sort des grappes entières : [\d\s]+ de 25,0 unités en moyenne/);
    expect(out.replace(/\s+/g, " ")).toContain(
      "order : corrélation 0,050 au sein d’une grappe, ce qui demande 2,20 fois",
    );

    // Shops of 10 and 30 customers, of whom all or none order: their units say no more than one each.
    const lines = Array.from({ length: 40 }, (_, shop) =>
      Array.from(
        { length: shop % 2 ? 10 : 30 },
        (_, i) => `${shop}-${i},s${shop},${shop % 4 < 2 ? 1 : 0},${i % 10}`,
      ),
    ).flat();
    const past = files.write("shops.csv", `id,shop,order,spent\n${lines.join("\n")}\n`);
    const asked = ["power", file, "--data", past];
    const measured = JSON.parse((await essai([...asked, "--cluster", "shop", "--json"])).out);
    const [order, spent] = measured.metrics;
    expect(order.clusters).toEqual({ size: 20, correlation: 1, variation: 0.5 });
    expect(spent.clusters.correlation).toBe(0);
    const plain = JSON.parse((await essai([...asked, "--json"])).out);
    expect(measured.size.exactControl / plain.size.exactControl).toBeCloseTo(25, 6);
    const mapped = { variant: "nowhere", unit: "id", cluster: "shop" };
    const own = files.write("own.json", { ...JSON.parse(readFileSync(file, "utf8")), data: mapped });
    const again = JSON.parse((await essai(["power", own, "--data", past, "--json"])).out);
    expect(again.size).toEqual(measured.size);
    expect((await essai([...asked, "--cluster", "shp"])).err).toMatch(/--cluster: .*did you mean "shop"/);
  });

  it("measures values, variances, traffic and savings on a past table, and draws the curve", async () => {
    const lines = Array.from({ length: 2_800 }, (_, i) => {
      const before = (i * 37) % 101;
      const spent = i % 700 === 0 ? 5000 : before + ((i * 53) % 29);
      const day = new Date(Date.UTC(2026, 2, 2 + (i % 28))).toISOString().slice(0, 10);
      return `c${i},${spent},${before},${i % 10 === 0 ? 1 : 0},${day}`;
    });
    const past = files.write("past.csv", `id,spent,before,order,day\n${lines.join("\n")}\n`);
    const file = files.write("measured.json", {
      ...{ key: "measured", unit: "id", variants: { control: null, b: null } },
      metrics: [
        { key: "order", type: "conversion", role: "goal", smallest: 0.2 },
        { key: "spent", type: "mean", role: "goal" },
      ],
      data: { variant: "nowhere", unit: "id" },
    });
    const page = files.path("power.html");
    const { code, out } = await essai(["power", file, "--data", past, "--time", "day", "--html", page]);
    expect(code).toBe(0);
    expect(out).toContain("measured on 2,800 units of the past over 28 days");
    expect(out).toContain("order: 10.00%, standard deviation 0.300");
    expect(out).toContain("100 units a day from 2026-03-02 to 2026-03-29");
    expect(out).toContain("Mon 100 · Tue 100");
    expect(out).toMatch(/spent: a cap of .* saves [\d.]+% of the units/);
    const html = readFileSync(page, "utf8");
    expect(html).toMatch(/<svg class="curve".*aria-label="PROBABILITY OF SHIPPING/s);
    expect(html).not.toMatch(/https?:/);
    const json = await essai(["power", file, "--data", past, "--json"]);
    expect(JSON.parse(json.out)).toMatchObject({ format: "essai.power/1", experiment: "measured" });
  });
});
