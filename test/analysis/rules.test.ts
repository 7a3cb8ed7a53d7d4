import { describe, expect, it } from "vitest";
import { analyze, type Comparison } from "../../src/analysis/index.js";
import type { Cell } from "../../src/core/cells.js";
import { ExperimentError } from "../../src/errors/index.js";
import { findingSentence, toMarkdown, toText } from "../../src/report/index.js";
import { conversionCell, madeDefinition, madeSource } from "./made-cells.js";

const when = { attribute: "deals", eq: true } as const;
const rule = { key: "deal_hunters", when, variant: "treatment", holdback: 0.2 };
const experiment = madeDefinition(["control", "treatment"], { rules: [rule] });
const dimensions = { dimensions: ["rule", "heldBack"] };

// Deal hunters order at 30 % under the treatment and 20 % under control; everyone else at 10 % either way.
const cells: readonly Cell[] = [
  conversionCell("control", 10000, 1000, ["(missing)", "(missing)"]),
  conversionCell("treatment", 10000, 1000, ["(missing)", "(missing)"]),
  conversionCell("control", 1000, 200, ["deal_hunters", "true"]),
  conversionCell("treatment", 1000, 300, ["deal_hunters", "true"]),
  conversionCell("treatment", 8000, 2400, ["deal_hunters", "false"]),
];

const only = ([first]: readonly Comparison[]) => first as Comparison;

describe("rules", () => {
  it("are measured against their own holdback, whichever variant chance gave it", async () => {
    const report = await analyze({ experiment, source: madeSource(cells, dimensions) });
    const measured = only(report.rules);
    expect(measured).toMatchObject({
      contrast: ["held_back", "applied"],
      cell: { rule: "deal_hunters" },
      units: [2000, 8000],
    });
    expect(measured.difference.fixed.value).toBeCloseTo(0.3 - 0.25, 12);
    expect(report.families.find(({ grain }) => grain === "rules")).toMatchObject({ tests: 1 });
    const found = report.findings.find(({ kind }) => kind === "rule");
    expect(found && findingSentence(found)).toMatch(/^Rule deal_hunters: order is better where the rule/);
    for (const text of [toText(report), toMarkdown(report)])
      expect(text).toMatch(/[Rr]ule deal(\\?)_hunters/);
  });

  it("leave the random comparison to units that were randomised; with the others in it, it would be wrong", async () => {
    const report = await analyze({ experiment, source: madeSource(cells, dimensions) });
    const honest = (1000 + 300) / 11000 - (1000 + 200) / 11000;
    expect(only(report.macro).difference.fixed.value).toBeCloseTo(honest, 12);
    expect(report.excluded.rule_applied).toBe(8000);
    const everyone = (1000 + 300 + 2400) / 19000 - (1000 + 200) / 11000;
    expect(everyone).toBeGreaterThan(9 * honest);
    expect(report.checks.map(({ status }) => status)).toEqual(["passed", "passed"]);
  });

  it("whose held-back share is not the planned one fail their check", async () => {
    const bent = cells.map((cell) => (cell.levels[1] === "false" ? { ...cell, units: 9000 } : cell));
    const report = await analyze({ experiment, source: madeSource(bent, dimensions) });
    expect(report.checks[1]).toMatchObject({
      rule: "deal_hunters",
      status: "failed",
      observed: [2000, 9000],
    });
    expect(report.recommendation.action).toBe("do_not_read");
  });

  it("need to be distinct in the data", async () => {
    const failure = async (list: readonly Cell[], more: object) => {
      const error = await analyze({ experiment, source: madeSource(list, more) }).catch(
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(ExperimentError);
      return [(error as ExperimentError).code, (error as ExperimentError).received];
    };
    expect(await failure(cells, { dimensions: [] })).toEqual(["missing_dimension", "rule"]);
    const vague = cells.map((cell) =>
      cell.levels[1] === "true" ? { ...cell, levels: [cell.levels[0] as string, "maybe"] } : cell,
    );
    expect(await failure(vague, dimensions)).toEqual(["wrong_type", "maybe"]);
  });
});
