import { describe, expect, it } from "vitest";
import { ExperimentError } from "../../src/errors/index.js";
import { assign, defineExperiment } from "../../src/index.js";
import { judgeShare } from "../../src/simulation/aa/judge-share.js";
import { runAa } from "../../src/simulation/index.js";

const experiment = defineExperiment({
  key: "rehearsal",
  unit: "customer",
  variants: { control: null, a: null },
  allocation: { control: 0.7, a: 0.3 },
  metrics: [
    { key: "bought", type: "conversion", role: "goal" },
    { key: "spent", type: "mean", role: "guardrail" },
  ],
});
const rows = Array.from({ length: 300 }, (_, i) => ({
  customer: `c${i}`,
  // What variant and version the table names is not read.
  group: i === 0 ? "stranger" : "control",
  bought: i % 3 === 0 ? 1 : 0,
  spent: (i * 37) % 101,
  channel: i % 4 === 0 ? "web" : "app",
}));
const data = { variant: "group", version: "group", unit: "customer", dimensions: ["channel"] };
const request = { experiment, rows, data, dimensions: ["channel"], seed: "test" };

const codeOf = async (run: Promise<unknown>) => {
  const error = await run.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof ExperimentError
    ? error.problems.map(({ code, path }) => [code, ...path].join(" "))
    : [String(error)];
};

describe("runAa", () => {
  it("says of a table without an effect what the plan promises, and states its errors", async () => {
    const run = await runAa({ ...request, replications: 120 });
    expect([run.units, run.replications, run.looks]).toEqual([300, 120, "unstated"]);
    expect(run.rows.filter(({ verdict }) => verdict === "too_often" || verdict === "too_rare")).toEqual([]);
    const once = run.rows.filter(({ sentence }) => sentence === "differs_once");
    expect(once.map(({ metric, about }) => [metric, about])).toEqual([
      ["bought", 0.05],
      ["spent", 0.05],
    ]);
    for (const { share, standardError } of once) {
      expect(share).toBeGreaterThan(0.05 - 4 * standardError);
      expect(share).toBeLessThan(0.05 + 4 * standardError);
    }
    for (const { ratio, standardError } of run.spreads)
      expect(Math.abs(ratio - 1)).toBeLessThan(4 * standardError);
    const bounds = Object.fromEntries(run.rows.map(({ sentence, atMost }) => [sentence, atMost]));
    expect(bounds).toMatchObject({ ship: 0.025, stop: 0.025, levels_differ: 0.05, cell_named: 0.05 });
    expect(bounds.shares_failed).toBeCloseTo(0.002, 12);
  });

  it("gives the same figures for the same seed, and others for another", async () => {
    const spreads = async (seed: string) => (await runAa({ ...request, seed, replications: 20 })).spreads;
    expect(await spreads("a")).toEqual(await spreads("a"));
    expect(await spreads("a")).not.toEqual(await spreads("b"));
  });

  it("assigns by the library's own hash, in the definition's shares", async () => {
    const run = await runAa({ ...request, replications: 20 });
    const differences = Array.from({ length: 20 }, (_, replication) => {
      const drawn = { ...experiment, salt: JSON.stringify(["test", replication]) };
      const sums = { control: [0, 0], a: [0, 0] };
      for (const { customer, spent } of rows) {
        const { variant } = assign(drawn, { customer });
        const own = sums[variant ?? "a"];
        own[0] = (own[0] ?? 0) + spent;
        own[1] = (own[1] ?? 0) + 1;
      }
      const mean = ([sum = 0, n = 1]: readonly number[]) => sum / n;
      return mean(sums.a) - mean(sums.control);
    });
    const middle = differences.reduce((sum, each) => sum + each, 0) / 20;
    const variance = differences.reduce((sum, each) => sum + (each - middle) ** 2, 0) / 19;
    expect(run.spreads.find(({ metric }) => metric === "spent")?.real).toBeCloseTo(Math.sqrt(variance), 10);
  });

  it("reads every look of an assignment, which a plan of one look does not bear and others do", async () => {
    const more = Array.from({ length: 3000 }, (_, i) => ({ bought: i % 3 === 0 ? 1 : 0 }));
    const stops = async (plan: { looks: number; units?: number }) => {
      const planned = defineExperiment({
        ...{ key: "looked", unit: "customer", variants: { control: null, a: null } },
        ...{ metrics: [{ key: "bought", type: "conversion" }], plan },
      });
      const asked = { experiment: planned, rows: more, data: { variant: "none" }, seed: "looks" };
      const run = await runAa({ ...asked, looks: 10, replications: 150 });
      expect(run.taken).toBe(10);
      return ["ship", "stop"].map((each) => run.rows.find(({ sentence }) => sentence === each));
    };
    const peeked = await stops({ looks: 1 });
    expect(peeked.some((row) => row?.verdict === "too_often")).toBe(true);
    expect(peeked.reduce((sum, row) => sum + (row?.share ?? 0), 0)).toBeGreaterThan(0.1);
    // A plan that counts its units takes the table for the whole test.
    for (const row of await stops({ looks: 10, units: 50_000 })) {
      expect(row?.verdict).toBe("as_expected");
      expect(row?.times).toBeLessThan(0.07 * 150);
    }
  });

  it("reads units by the time at which they came", async () => {
    const late = rows.map((row, i) => ({ ...row, day: `2026-03-${String(28 - (i % 28)).padStart(2, "0")}` }));
    const run = (change: object) =>
      runAa({ ...request, rows: late, dimensions: [], looks: 4, replications: 20, ...change });
    expect((await run({})).taken).toBe(4);
    const sorted = [...late].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
    expect(await run({ at: "day" })).toEqual(await run({ rows: sorted }));
    expect(await codeOf(run({ at: "dya" }))).toEqual(["missing_column at"]);
  });

  it("puts the units of exposures into variants, with what they did after", async () => {
    const times = (day: number) => new Date(Date.UTC(2026, 2, 1 + day)).toISOString();
    const seen = Array.from({ length: 240 }, (_, i) => ({
      user: `u${i}`,
      at: times(i % 20),
      group: "control",
    }));
    const done = seen.flatMap(({ user }, i) =>
      i % 3 === 0 ? [{ user, at: times((i % 20) + 1), event: "order", value: i % 7 }] : [],
    );
    const ordered = defineExperiment({
      ...{ key: "events", unit: "user", variants: { control: null, a: null } },
      metrics: [{ key: "order", type: "conversion", event: "order" }],
      plan: { looks: "any" },
    });
    const columns = { unit: "user", at: "at" };
    const asked = {
      ...{ experiment: ordered, rows: seen, events: done, seed: "events", replications: 30 },
      data: { exposures: { ...columns, variant: "group" }, events: { ...columns, event: "event" } },
    };
    const run = await runAa(asked);
    expect([run.units, run.taken]).toEqual([240, 1]);
    const table = seen.map(({ user }, i) => ({ user, order: i % 3 === 0 ? 1 : 0 }));
    const { events: _, ...wide } = { ...asked, rows: table, data: { variant: "none", unit: "user" } };
    const same = await runAa({ ...wide, experiment: ordered });
    expect(run.spreads).toEqual(same.spreads);
    expect((await runAa({ ...asked, looks: 5 })).rows.every(({ verdict }) => verdict !== "too_often")).toBe(
      true,
    );
    const { events: __, ...without } = asked;
    expect(await codeOf(runAa(without))).toEqual(["missing_value events"]);
    expect(await codeOf(runAa({ ...asked, at: "at" }))).toEqual(["unused_setting at"]);
    expect(await codeOf(runAa({ ...asked, looks: 40 }))).toEqual(["insufficient_data rows"]);
    expect(await codeOf(runAa({ ...wide, experiment: ordered, events: done }))).toEqual([
      "mapped_otherwise data",
    ]);
  });

  it("says where a test does not keep its error: all of an amount is one unit's", async () => {
    const heavy = rows.map((row, i) => ({ ...row, spent: i === 7 ? 1000 : 0 }));
    const run = await runAa({
      ...{ ...request, rows: heavy, replications: 200 },
      ...{ metrics: ["spent"], dimensions: [] },
    });
    expect(run.rows.find(({ sentence }) => sentence === "differs_once")?.verdict).toBe("too_rare");
  });

  it("counts several rows of one unit as the mapping declares", async () => {
    const twice = [...rows, ...rows];
    expect(await codeOf(runAa({ ...request, rows: twice, replications: 20 }))).toEqual([
      "duplicate_unit data unit",
    ]);
    const run = await runAa({
      ...{ ...request, rows: twice, replications: 20 },
      data: { ...data, duplicates: "sum" },
    });
    expect(run.units).toBe(300);
  });

  it.each([
    ["one row", { rows: rows.slice(0, 1) }, ["insufficient_data rows"]],
    ["no row", { rows: [] }, ["missing_column data unit", "missing_column metrics bought column"]],
    [
      "a constant metric",
      { rows: rows.map((row) => ({ ...row, spent: 7 })) },
      ["constant_metric metrics spent"],
    ],
    ["events", { data: { exposures: { unit: "u", at: "t", variant: "v" }, events: {} } }, undefined],
    ["too few assignments", { replications: 19 }, ["out_of_range replications"]],
    ["an unknown metric", { metrics: ["nope"] }, ["unknown_name metrics 0"]],
    ["an unknown dimension", { dimensions: ["nope"] }, ["missing_column dimensions nope"]],
    ["text in numbers", { rows: rows.map((row) => ({ ...row, spent: "much" })) }, undefined],
    ["an unknown key", { replicates: 5 }, ["unknown_key replicates"]],
  ])("refuses %s", async (_, change, codes) => {
    const found = await codeOf(runAa({ ...request, replications: 20, ...change } as typeof request));
    expect(found.length).toBeGreaterThan(0);
    for (const each of found) expect(each).toMatch(/^[a-z_]+( |$)/);
    for (const code of codes ?? []) expect(found).toContain(code);
  });

  it("refuses a policy that learns, which no hash assigns", async () => {
    const learning = { ...experiment, policy: "thompson" };
    expect(await codeOf(runAa({ ...request, experiment: learning }))).toEqual(["beyond_assign policy"]);
  });

  it("stops when it is asked to", async () => {
    const stop = new AbortController();
    const run = runAa({ ...request, signal: stop.signal, onProgress: () => stop.abort() });
    await expect(run).rejects.toThrow(/abort/i);
  });
});

describe("judgeShare", () => {
  it("calls a share too large or too small by the exact binomial law", () => {
    expect(judgeShare(20, 400, { atMost: 0.05 }, 0.001).verdict).toBe("as_expected");
    expect(judgeShare(36, 400, { atMost: 0.05 }, 0.001).verdict).toBe("too_often");
    expect(judgeShare(5, 400, { about: 0.05 }, 0.001).verdict).toBe("too_rare");
    expect(judgeShare(5, 400, { atMost: 0.05 }, 0.001).verdict).toBe("as_expected");
    expect(judgeShare(400, 400, {}, 0.001).verdict).toBe("unpromised");
  });

  it("gives a share of nought an error, too", () => {
    expect(judgeShare(0, 400, {}, 0.001).standardError).toBeCloseTo(1 / 400, 4);
  });
});
