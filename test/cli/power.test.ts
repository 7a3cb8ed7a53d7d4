import { describe, expect, it } from "vitest";
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
    for (const plan of [{ level: 0.99 }, { looks: 10 }]) expect(await units(plan)).toBeGreaterThan(plain);
    for (const plan of [{ level: 0.8 }, { macro: "none" }]) expect(await units(plan)).toBeLessThan(plain);
  });

  it.each([
    ["no file", ["power"], /FILE: is needed/],
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
    ["a lift that no goal has", [...supposed, "--lift", "order=0"], /plan\.metrics: is required/],
  ])("%s is refused", async (_, args, message) => {
    const { code, out, err } = args[0] === "power" ? await essai(args) : await power(...args);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(message);
  });
});
