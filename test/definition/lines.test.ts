import { describe, expect, it } from "vitest";
import { analyze, fromRows } from "../../src/analysis/index.js";
import { defineExperiment } from "../../src/definition/index.js";
import { toText } from "../../src/report/index.js";
import { errorsOf } from "../errors/errors-of.js";

const parts = { key: "shop", unit: "user", control: "old", variants: { old: null, new: null } } as const;
const by = { attribute: "line", levels: ["coats", "hats"] } as const;
const shop = defineExperiment({
  ...parts,
  metrics: [
    {
      ...{ key: "revenue", type: "mean", event: "order", cap: 500, by },
      where: { attribute: "returned", eq: false },
    },
    { key: "order", type: "conversion", role: "guardrail", margin: 0.1 },
  ],
  plan: { looks: 1 },
});

const problemsOf = (input: object) => errorsOf(() => defineExperiment(input as never));

describe("lines of a metric", () => {
  it("are diagnostics behind all metrics, one per level and one for the rest", () => {
    expect(shop.metrics.map(({ key, role }) => [key, role])).toEqual([
      ["revenue", "goal"],
      ["order", "guardrail"],
      ["revenue: coats", "diagnostic"],
      ["revenue: hats", "diagnostic"],
      ["revenue: (other)", "diagnostic"],
    ]);
    expect(shop.metrics[0]).not.toHaveProperty("by");
    expect(shop.metrics[2]).toEqual({
      ...{ key: "revenue: coats", type: "mean", role: "diagnostic", event: "order" },
      where: {
        all: [
          { attribute: "returned", eq: false },
          { attribute: "line", eq: "coats" },
        ],
      },
    });
    expect(Object.isFrozen(Object.values(shop.metrics[2] ?? {})[4])).toBe(true);
    expect(defineExperiment(JSON.parse(JSON.stringify(shop)))).toEqual(shop);
  });

  it("counts every unit in each line, and adds up to the metric", async () => {
    const at = "2026-01-01";
    const users = Array.from({ length: 600 }, (_, i) => ({ user: `u${i}`, arm: i % 2 ? "new" : "old", at }));
    const events = users.flatMap(({ user }, i) =>
      ["coats", "hats", "socks", null].flatMap((line, j) =>
        (i * 7 + j * 5) % 11 < (i % 2 && line === "hats" ? 7 : 3)
          ? [{ user, event: "order", at, line, returned: i % 5 === 0, value: 10 + ((i * 13 + j) % 9) }]
          : [],
      ),
    );
    const report = await analyze({
      experiment: shop,
      source: fromRows(
        { exposures: users, events },
        {
          exposures: { unit: "user", variant: "arm", at: "at" },
          events: { unit: "user", event: "event", at: "at" },
        },
      ),
    });
    const [whole = 0, , ...lines] = report.macro.map(({ difference }) => difference.fixed.value ?? 0);
    expect(report.macro.map(({ units }) => units)).toEqual(Array.from({ length: 5 }, () => [300, 300]));
    expect(lines.reduce((sum, each) => sum + each, 0)).toBeCloseTo(whole, 10);
    expect(report.families).toContainEqual({ grain: "macro", correction: "holm", alpha: 0.05, tests: 3 });
    expect(toText(report)).toMatch(/revenue: hats .*\n +new .*▲ higher/);
    expect(toText(report)).toMatch(/revenue: coats .*\n +new .*not shown/);
  });

  it.each([
    [{ ...by, levels: ["coats", "coats"] }, "duplicate_key", ["metrics", 0, "by", "levels", 1]],
    [{ ...by, levels: ["(other)"] }, "duplicate_key", ["metrics", 0, "by", "levels", 0]],
    [{ ...by, levels: [] }, "missing_value", ["metrics", 0, "by", "levels", 0]],
    [{ ...by, level: "coats" }, "unknown_key", ["metrics", 0, "by", "level"]],
    [{ levels: ["coats"] }, "missing_value", ["metrics", 0, "by", "attribute"]],
  ])("%j is refused", (wrong, code, path) => {
    const metrics = [{ key: "revenue", type: "mean", by: wrong }];
    expect(problemsOf({ ...parts, metrics })).toContainEqual(expect.objectContaining({ code, path }));
  });

  it("is refused of what is not a sum of events, and of a name that is there already", () => {
    const ratio = { key: "basket", type: "ratio", numerator: {}, denominator: { of: "count" }, by };
    expect(problemsOf({ ...parts, metrics: [ratio] })).toContainEqual(
      expect.objectContaining({ code: "unknown_key", path: ["metrics", 0, "by"] }),
    );
    const twice = [
      { key: "revenue", type: "mean", by },
      { key: "revenue: hats", type: "mean" },
    ];
    expect(problemsOf({ ...parts, metrics: twice })).toContainEqual(
      expect.objectContaining({ code: "duplicate_key", received: "revenue: hats" }),
    );
  });
});
