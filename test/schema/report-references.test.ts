import { parseReport } from "essai/schema";
import { describe, expect, it } from "vitest";
import type { Report } from "../../src/analysis/index.js";
import { errorsOf } from "../errors/errors-of.js";
import { madeReport } from "../report/made-report.js";
import { findingWorlds, ruleWorlds, worlds } from "../report/worlds.js";

// biome-ignore lint/suspicious/noExplicitAny: the tests break the shape on purpose
type Draft = any;

const copyOf = (report: Report): Draft => JSON.parse(JSON.stringify(report));
const plain = () => madeReport();
const ruled = findingWorlds.rule.true;
const learning = findingWorlds.belief.true;

describe("what a report's parts name is in the report", () => {
  it.each(
    [...Object.values(findingWorlds), ...Object.values(ruleWorlds)]
      .flatMap((each) => [each.true, each.false])
      .concat(Object.values(worlds))
      .map((make, i) => [i, make] as const),
  )("as analyze wrote it, it is: world %i", async (_, make) => {
    const report = await make();
    expect(parseReport(copyOf(report))).toEqual(copyOf(report));
  });

  it.each<[string, () => Promise<Report> | Report, (report: Draft) => void, string, readonly string[]]>([
    ["metric of a comparison", plain, (r) => (r.macro[0].metric = "oder"), "macro.0.metric", ["order"]],
    ["metric of a cell", plain, (r) => (r.micro[1].metric = "oder"), "micro.1.metric", ["order"]],
    [
      "variant of a comparison",
      plain,
      (r) => (r.micro[0].contrast[1] = "tretment"),
      "micro.0.contrast.1",
      ["control", "treatment"],
    ],
    ["contrast", plain, (r) => (r.contrasts[0][0] = "contrl"), "contrasts.0.0", ["control", "treatment"]],
    [
      "variant of an arm",
      plain,
      (r) => (r.arms[0].variant = "contrl"),
      "arms.0.variant",
      ["control", "treatment"],
    ],
    [
      "variant of a check",
      plain,
      (r) => (r.checks[0].variants[1] = "tretment"),
      "checks.0.variants.1",
      ["control", "treatment"],
    ],
    [
      "variant of a verdict",
      plain,
      (r) => (r.recommendation.variants[0].variant = "tretment"),
      "recommendation.variants.0.variant",
      ["control", "treatment"],
    ],
    [
      "metric of a verdict's evidence",
      plain,
      (r) => (r.recommendation.variants[0].evidence[0].metric = "oder"),
      "recommendation.variants.0.evidence.0.metric",
      ["order"],
    ],
    [
      "variant that the recommendation is about",
      plain,
      (r) => (r.recommendation.about = "tretment"),
      "recommendation.about",
      ["control", "treatment"],
    ],
    [
      "dimension of a cell",
      plain,
      (r) => (r.micro[0].cell = { chanel: "mail" }),
      "micro.0.cell.chanel",
      ["channel"],
    ],
    ["dimension of a grain", plain, (r) => (r.grains[0][0] = "chanel"), "grains.0.0", ["channel"]],
    [
      "dimension of a test between levels",
      plain,
      (r) => (r.between[0].dimension = "chanel"),
      "between.0.dimension",
      ["channel"],
    ],
    [
      "metric of a finding",
      plain,
      (r) => (r.findings.find((each: Draft) => each.kind === "between").evidence.metric = "oder"),
      "findings.*.evidence.metric",
      ["order"],
    ],
    [
      "control of the definition",
      plain,
      (r) => (r.definition.control = "contrl"),
      "definition.control",
      ["control", "treatment"],
    ],
    ["rule of a comparison", ruled, (r) => (r.rules[0].cell.rule += "s"), "rules.0.cell.rule", []],
    [
      "side of a rule's comparison",
      ruled,
      (r) => (r.rules[0].contrast[0] = "control"),
      "rules.0.contrast.0",
      ["held_back", "applied"],
    ],
    [
      "rule of a finding",
      ruled,
      (r) => (r.findings.find((each: Draft) => each.kind === "rule").evidence.rule += "s"),
      "findings.*.evidence.rule",
      [],
    ],
    [
      "arm of a belief",
      learning,
      (r) => (r.bandit.beliefs[0].arms[0].arm = "nobody"),
      "bandit.beliefs.0.arms.0.arm",
      [],
    ],
    [
      "arm of a finding",
      learning,
      (r) => (r.findings.find((each: Draft) => each.kind === "belief").evidence.leader.arm = "nobody"),
      "findings.*.evidence.leader.arm",
      [],
    ],
    ["control of a bandit", learning, (r) => (r.bandit.control = "nobody"), "bandit.control", []],
  ])("refuses an unknown %s, with those there are", async (_, make, change, path, known) => {
    const report = copyOf(await make());
    change(report);
    const found = errorsOf(() => parseReport(report));
    expect(
      found.map(({ code, path }) => `${code} ${path.join(".").replace(/findings\.\d+/, "findings.*")}`),
    ).toContain(`unknown_name ${path}`);
    const [first] = found;
    if (known.length > 0) expect(first?.known).toEqual(known);
    else expect(first?.known?.length).toBeGreaterThan(0);
  });

  it("refuses a place that `micro` does not have, and says how many it has", async () => {
    const report = copyOf(await plain());
    report.standingOut = [report.micro.length];
    expect(() => parseReport(report)).toThrow(
      `standingOut.0: must be at least 0 and below ${report.micro.length} (received ${report.micro.length})`,
    );
  });

  it("refuses a bandit's counts that are not as many as its arms", async () => {
    const report = copyOf(await learning());
    report.bandit.periods[0].served.pop();
    expect(() => parseReport(report)).toThrow(
      `bandit.periods.0.served: must hold ${report.bandit.arms.length} values, as many as arms`,
    );
  });

  it("a rule that judges one variant names it", async () => {
    const report = copyOf(await madeReport());
    expect(report.recommendation.about).toBeTruthy();
    delete report.recommendation.about;
    expect(() => parseReport(report)).toThrow(
      expect.objectContaining({ code: "missing_value", path: ["recommendation", "about"] }),
    );
  });
});
