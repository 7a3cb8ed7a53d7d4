import { assign } from "essai";
import { analyze, fromCells } from "essai/analysis";
import { bernoulli, decide, restoreBandit, thompson } from "essai/bandits";
import { exposureOf } from "essai/exposures";
import { toText } from "essai/report";
import { parseBanditState, parseDefinition, parseExposure, parseReport } from "essai/schema";
import { describe, expect, it } from "vitest";
import { goldenFile } from "../golden.js";
import { makeChain, definition as today } from "./make-chain.js";

// Written once, when a format begins. A later change must still read these files; when it writes another shape, the
// format string is bumped and a new golden file stands beside the old one, which keeps being read.
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
const golden = await goldenFile<ReturnType<typeof plain>>(
  new URL("golden-chain-1.json", import.meta.url),
  makeChain,
);

/** Every place where two JSON values differ; numbers may differ by 1e-12 of themselves. */
function differences(actual: unknown, expected: unknown, path: string): string[] {
  if (typeof actual === "number" && typeof expected === "number")
    return Math.abs(actual - expected) <= 1e-12 * Math.max(Math.abs(actual), Math.abs(expected))
      ? []
      : [`${path}: ${actual} instead of ${expected}`];
  if (actual === null || expected === null || typeof actual !== "object" || typeof expected !== "object")
    return Object.is(actual, expected) ? [] : [`${path}: ${actual} instead of ${expected}`];
  const keys = new Set([...Object.keys(actual), ...Object.keys(expected)]);
  return [...keys].flatMap((key) =>
    differences(
      (actual as Record<string, unknown>)[key],
      (expected as Record<string, unknown>)[key],
      `${path}.${key}`,
    ),
  );
}

describe("the golden chain is still written", () => {
  it("definition → assignment → exposure → decision → cells → report", async () => {
    expect(differences(plain(await makeChain()), golden, "chain")).toEqual([]);
  });

  it("the comparison would notice a changed number and a missing key", () => {
    expect(differences({ a: 1 }, { a: 1 + 1e-9 }, "x")).toHaveLength(1);
    expect(differences({ a: 1 }, { a: 1, b: null }, "x")).toHaveLength(1);
  });
});

describe("the golden chain is still read", () => {
  const definition = parseDefinition(golden.definition);

  it("a definition reads as it was written", () => {
    expect(plain(definition)).toEqual(golden.definition);
    expect(definition).toEqual(today);
  });

  it("its units keep their variants", () => {
    for (const assignment of golden.assignments)
      expect(plain(assign(definition, { userId: assignment.unitId }))).toEqual(assignment);
  });

  it("its exposures keep their ids", () => {
    for (const json of golden.exposures) {
      const exposure = parseExposure(json);
      const assignment = assign(definition, { userId: exposure.unitId });
      expect(exposureOf(assignment, new Date(exposure.at), exposure.attributes)).toEqual(exposure);
      expect(exposure.attributes?.channel).toMatch(/^(email|push)$/);
    }
  });

  it("a bandit's state takes up where it was left, and repeats its decision", () => {
    const bandit = restoreBandit(parseBanditState(golden.bandit), { thompson, bernoulli });
    const { unitId, occasion, at } = golden.decision;
    const again = decide(bandit, { unitId, occasion, now: new Date(at) });
    expect(differences(plain(again), golden.decision, "decision")).toEqual([]);
  });

  it("cells give the same report", async () => {
    const report = await analyze({
      experiment: definition,
      source: fromCells(golden.cells),
      dimensions: golden.cells.dimensions,
    });
    expect(differences(plain(report), golden.report, "report")).toEqual([]);
  });

  it("a report is still shown, in every language", () => {
    const report = parseReport(golden.report);
    const text = toText(report) + toText(report, { lang: "fr" });
    for (const word of [
      "café-☕",
      "contrôle",
      "new, 新しい",
      "channel",
      "What moved?",
      "Qu’est-ce qui a bougé",
    ])
      expect(text).toContain(word);
  });
});
