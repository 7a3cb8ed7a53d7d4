import { describe, expect, it } from "vitest";
import { analyze, type FactorsOfMetric, fromRows } from "../../src/analysis/index.js";
import type { Definition } from "../../src/core/definition.js";
import type { Estimate } from "../../src/core/estimate.js";
import { fractionalFactorial } from "../../src/definition/designs/index.js";
import { defineExperiment } from "../../src/definition/index.js";
import { assign, createAssigner } from "../../src/index.js";
import { findingSentence } from "../../src/report/index.js";
import { parseDefinition } from "../../src/schema/index.js";
import { factorialEffects, momentsOf } from "../../src/stats/index.js";
import { near } from "../stats/reference.js";

const ok = (estimate: Estimate | undefined) => {
  if (estimate?.status !== "ok") throw new Error(estimate?.reason);
  return estimate;
};
const found = (factors: readonly FactorsOfMetric[] | undefined, at = 0) => {
  const own = factors?.[at];
  if (own?.status !== "ok") throw new Error(own?.reason);
  return own;
};
const [seed, unit, plan] = [7919, "customer", { looks: 1 }];
/** Values between −1 and 1 that look like chance. */
const noise = (i: number) => ((i * seed) % 2003) / 1001 - 1;
const about = { unit, plan, metrics: [{ key: "y", type: "mean" }] } as const;
const factors = { A: ["lo", "hi"], B: ["x", "y", "z"], C: [false, true] } as const;
const full = defineExperiment({ key: "full", ...about, factors });
const rowsOf = (
  definition: { readonly variants: readonly { readonly key: string; readonly payload: unknown }[] },
  n = 60,
) =>
  definition.variants.flatMap(({ key, payload }, v) =>
    Array.from({ length: n + 7 * v }, (_, i) => {
      const levels = payload as Record<string, unknown>;
      const own =
        (levels.A === "hi" ? 2 : 0) +
        (levels.B === "z" ? 1 : 0) +
        (levels.A === "hi" && levels.C === true ? 1 : 0);
      return { variant: key, y: 10 + own + 2 * noise(i + 100 * v) };
    }),
  );
const analyzed = (experiment: Definition, rows: readonly object[] = rowsOf(experiment)) =>
  analyze({ experiment, source: fromRows(rows, { variant: "variant" }) });

describe("a definition with factors", () => {
  it("gets the effects that factorialEffects gives, corrected as one family", async () => {
    const report = await analyzed(full);
    const { effects, order, combinations, missing, best } = found(report.factors);
    const cells = full.variants.map(({ key, payload }) => ({
      levels: payload as Readonly<Record<string, string | boolean>>,
      moments: momentsOf(rowsOf(full).flatMap(({ variant, y }) => (variant === key ? [y] : []))),
    }));
    const direct = factorialEffects(full.factors, cells, { correction: "none" });
    for (const { factors: own, levels, effect } of direct.effects) {
      const mine = effects.find(
        (each) => JSON.stringify([each.factors, each.levels]) === JSON.stringify([own, levels]),
      );
      near(ok(mine?.effect.fixed).value, ok(effect).value, 1e-9);
      near(ok(mine?.effect.fixed).standardError, ok(effect).standardError, 1e-9);
    }
    expect([order, combinations, missing]).toEqual([3, 12, []]);
    expect(report.families.find(({ grain }) => grain === "factors")?.tests).toBe(effects.length);
    expect(best?.variant).toBe("A=hi,B=z,C=true");
    expect(
      report.findings.filter(({ kind }) => kind === "factors").map((each) => findingSentence(each))[0],
    ).toContain("A = hi");
  });

  it("tells every level of a factor with more than two, adding up to nothing", async () => {
    const { effects } = found((await analyzed(full)).factors);
    const own = effects.filter(({ factors: names }) => names.join() === "B");
    expect(own.map(({ levels }) => levels[0])).toEqual(["x", "y", "z"]);
    expect(own.map(({ scale }) => scale)).toEqual(["deviation", "deviation", "deviation"]);
    expect(Math.abs(own.reduce((sum, { effect }) => sum + ok(effect.fixed).value, 0))).toBeLessThan(1e-9);
  });

  it("names the combinations that nobody met and what they make indistinguishable", async () => {
    const gone = "A=hi,B=z,C=true";
    const { missing, effects } = found(
      (
        await analyzed(
          full,
          rowsOf(full).filter(({ variant }) => variant !== gone),
        )
      ).factors,
    );
    expect(missing).toEqual([gone]);
    expect(effects.some(({ aliases }) => aliases.includes("A:B:C"))).toBe(true);
  });

  it("names the aliases of a fraction, and reads it by Lenth's method", async () => {
    const design = fractionalFactorial(
      { A: ["lo", "hi"], B: ["lo", "hi"], C: ["lo", "hi"], D: ["lo", "hi"] },
      ["D=ABC"],
    );
    const half = defineExperiment({ key: "half", ...about, design });
    const { effects, lenth } = found((await analyzed(half)).factors);
    expect(effects.map(({ factors: own, aliases }) => [own.join(":"), aliases[0]])).toContainEqual([
      "A:B",
      "C:D",
    ]);
    expect(lenth?.pse).toBeGreaterThan(0);
    const [first] = effects;
    expect(first?.lenth?.pAdjusted).toBeLessThan(0.05);
  });

  it("says why there are no effects: a policy that learns, several versions", async () => {
    const learning = { ...full, policy: "thompson" };
    expect((await analyzed(learning)).factors?.[0]).toMatchObject({ status: "adaptive" });
    const second = { ...full, version: 2 };
    const rows = rowsOf(full).map((row, i) => ({ ...row, version: 1 + (i % 2) }));
    const report = await analyze({
      experiment: second as never,
      earlier: [full as never],
      source: fromRows(rows, { variant: "variant", version: "version" }),
    });
    expect(report.factors?.[0]).toMatchObject({
      status: "undefined",
      reason: expect.stringContaining("several definition versions"),
    });
  });

  it("a plain definition has no such section", async () => {
    const plain = defineExperiment({ key: "plain", ...about, variants: { control: null, b: null } });
    const rows = ["control", "b"].flatMap((variant) =>
      Array.from({ length: 50 }, (_, i) => ({ variant, y: noise(i) })),
    );
    expect((await analyzed(plain, rows)).factors).toBeUndefined();
  });
});

describe("an allocation that nobody recorded", () => {
  const unknown = defineExperiment({ key: "past", ...about, factors, allocation: "unknown" });

  it("is analysed, unchecked, and says so", async () => {
    const report = await analyzed(unknown);
    expect(report.checks).toMatchObject([
      { status: "undefined", reason: "nobody recorded the planned shares" },
    ]);
    expect(report.recommendation.rule).not.toBe("srm");
    expect((await analyzed(full)).recommendation.rule).toBe("srm");
  });

  it("enrolls nobody, and comes back from JSON", () => {
    const assigner = createAssigner({ experiments: [unknown] });
    expect(assigner.assign("past", { customer: "u1" })).toMatchObject({ enrolled: false, reason: "status" });
    expect(() => assign(unknown, { customer: "u1" })).toThrow(
      expect.objectContaining({ path: ["allocation"] }),
    );
    expect(parseDefinition(JSON.parse(JSON.stringify(unknown)))).toEqual(unknown);
  });

  it("is refused for an experiment that runs, and under another word", () => {
    const define = (more: object) => () =>
      defineExperiment({ key: "past", ...about, factors, ...more } as never);
    expect(define({ allocation: "unknown", status: "running" })).toThrow(
      expect.objectContaining({ code: "unknown_name", path: ["status"] }),
    );
    expect(define({ allocation: "unkown" })).toThrow(expect.objectContaining({ path: ["allocation"] }));
  });
});
