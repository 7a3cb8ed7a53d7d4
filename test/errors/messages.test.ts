import { assign, createAssigner, defineExperiment, reallocate } from "essai";
import { analyze, fromCells, fromRows } from "essai/analysis";
import {
  bernoulli,
  caps,
  createBandit,
  decide,
  linear,
  net,
  RewardLedger,
  restoreBandit,
  sharpened,
  thompson,
  update,
} from "essai/bandits";
import { fractionalFactorial } from "essai/designs";
import { fromFile } from "essai/engines";
import { createSender } from "essai/exposures";
import { randomSource } from "essai/random";
import { parseDefinition, parseExperiment, parseReport } from "essai/schema";
import { holm, miettinenNurminen, sampleSizeForProportions, welch } from "essai/stats";
import { describe, expect, it } from "vitest";
import { inFrench } from "../../src/errors/fr/index.js";
import { ExperimentError } from "../../src/errors/index.js";
import { essai, temporaryFolder } from "../cli/terminal.js";

const files = temporaryFolder();

const base = { key: "offer", unit: "userId", variants: { control: null, voucher: { percent: 10 } } };
const experiment = defineExperiment({
  ...base,
  metrics: [{ key: "bought", type: "conversion", column: "bought" }],
});
const bandit = defineExperiment({ ...base, policy: "thompson" });
// What people write is JSON or plain JavaScript: no compiler has looked at it.
// biome-ignore lint/suspicious/noExplicitAny: that is the point
const loose = (value: unknown): any => value;
const rows = (values: readonly unknown[]) =>
  values.map((bought, i) => ({
    userId: `u${i}`,
    variant: i % 2 ? "voucher" : "control",
    bought,
    channel: "web",
  }));
const moments = { n: 100, mean: 1, m2: 50 };

/** Typical mistakes, by what the person did. */
const mistakes: Readonly<Record<string, () => unknown>> = {
  "a plan with misspelt keys": () =>
    defineExperiment(loose({ ...base, plan: { peeks: 20, macroo: "none" } })),
  "a correction that does not exist": () => defineExperiment(loose({ ...base, plan: { macro: "tukey" } })),
  "an audience that is misspelt": () =>
    defineExperiment(loose({ ...base, audienc: { attribute: "vip", eq: true } })),
  "a confidence level in percent": () => defineExperiment(loose({ ...base, plan: { level: 95 } })),
  "a metric type that does not exist": () =>
    defineExperiment(loose({ ...base, metrics: [{ key: "days", type: "quantile", column: "days" }] })),
  "a setting that metrics do not have": () =>
    defineExperiment(
      loose({ ...base, metrics: [{ key: "spend", type: "mean", column: "spend", covariates: ["age"] }] }),
    ),
  "shares in percent": () => defineExperiment({ ...base, allocation: { control: 50, voucher: 50 } }),
  "shares that do not sum to 1": () =>
    defineExperiment({ ...base, allocation: { control: 0.5, voucher: 0.4 } }),
  "coverage as text": () => defineExperiment(loose({ ...base, coverage: "0.5" })),
  "one variant": () => defineExperiment(loose({ ...base, variants: { control: 1 } })),
  "no control": () => defineExperiment(loose({ ...base, variants: { a: 1, b: 2 } })),
  "a variant named by a number": () => defineExperiment({ ...base, variants: { control: 1, 7: 2 } }),
  "a rule for a variant that does not exist": () =>
    defineExperiment(
      loose({ ...base, rules: [{ key: "vips", when: { attribute: "vip", eq: true }, variant: "vuocher" }] }),
    ),
  "rules that overlap": () =>
    defineExperiment({
      ...base,
      rules: [
        { key: "adults", when: { attribute: "age", gte: 18 }, variant: "voucher" },
        { key: "seniors", when: { attribute: "age", gte: 65 }, variant: "control" },
      ],
    }),
  "an audience that nobody meets": () =>
    defineExperiment({
      ...base,
      audience: {
        all: [
          { attribute: "age", lt: 18 },
          { attribute: "age", gte: 65 },
        ],
      },
    }),
  "a test that does not exist": () =>
    defineExperiment(loose({ ...base, audience: { attribute: "age", atLeast: 18 } })),
  "an attribute that is not declared": () =>
    defineExperiment(
      loose({ ...base, attributes: { country: "string" }, audience: { attribute: "contry", eq: "fr" } }),
    ),
  "a day that does not exist": () => defineExperiment({ ...base, schedule: { from: "2026-02-30" } }),
  "an end before the beginning": () =>
    defineExperiment({ ...base, schedule: { from: "2026-03-02", until: "2026-03-01" } }),
  "another hash": () => parseDefinition({ ...experiment, hash: "murmur3-2" }),
  "fractions beside ranges of others": () =>
    defineExperiment(loose({ ...experiment, allocation: { control: 0.9, voucher: 0.1 } })),
  "raw JSON with an empty audience": () =>
    createAssigner(loose({ experiments: [{ ...experiment, audience: {} }] })),
  "an experiment file that is a list": () => parseExperiment([]),
  "a context without the unit": () => assign(experiment, loose({ user: "ada" })),
  "a share that is not a number": () => reallocate(experiment, loose({ control: "half", voucher: "half" })),
  "a factor that the generator does not know": () =>
    fractionalFactorial(loose({ a: [0, 1], b: [0, 1], c: [0, 1], d: [0, 1] }), ["D=AX"]),

  "an option of a bandit that is misspelt": () =>
    createBandit(bandit, { thompson }, loose({ constraint: [caps({ shares: { voucher: 0.2 } })] })),
  "a policy that was not passed": () =>
    createBandit(defineExperiment({ ...base, policy: "tompson" as string }), { thompson }),
  "a setting of a policy that is misspelt": () => sharpened(loose({ horizn: 1 })),
  "a cap on an arm that does not exist": () =>
    createBandit(bandit, { thompson }, { constraints: [caps({ shares: { vuocher: 0.01 } })] }),
  "the cost of an arm that does not exist": () =>
    createBandit(bandit, { thompson }, { objective: net({ costs: { vuocher: 5 } }) }),
  "features under another name": () => linear(loose({ feature: [] })),
  "a bandit of nothing": () => createBandit(loose({}), { thompson }),
  "something that is not a state": () => restoreBandit(loose({ hello: "world" }), { thompson, bernoulli }),
  "a reward in percent": () => {
    const state = createBandit(bandit, { thompson });
    const decision = decide(state, {
      unitId: "ada",
      occasion: "mail-1",
      now: new Date("2026-03-01T00:00:00Z"),
    });
    return update(state, [{ ...decision, reward: 55 }]);
  },
  "a window at the wrong place": () =>
    new RewardLedger(loose({ windowHours: 48, kinds: { click: { windowHours: 24 } } })),

  "a level in percent": () => welch(moments, moments, { level: 95 }),
  "an alternative that is misspelt": () => welch(moments, moments, loose({ alternative: "grater" })),
  "one unit": () => welch({ n: 1, mean: 1, m2: 0 }, moments),
  "more conversions than units": () => miettinenNurminen({ n: 10, x: 11 }, { n: 10, x: 1 }),
  "a p-value above 1": () => holm([2]),
  "a rate in percent": () => sampleSizeForProportions(loose({ control: 5, treatment: 6 })),
  "a seed that is missing": () => randomSource(loose(undefined)),

  "a conversion that is a count": () =>
    analyze({ experiment, source: fromRows(rows([0, 1, 9, 1]), { variant: "variant", unit: "userId" }) }),
  "a number with a comma": () =>
    analyze({
      experiment: defineExperiment({ ...base, metrics: [{ key: "spend", type: "mean", column: "bought" }] }),
      source: fromRows(rows(["12,5", "3", "4", "5"]), { variant: "variant", unit: "userId" }),
    }),
  "a column that is misspelt": () =>
    analyze({ experiment, source: fromRows(rows([0, 1, 0, 1]), { variant: "varient" }) }),
  "a metric that is misspelt": () =>
    analyze({
      experiment,
      metrics: ["bougth"],
      source: fromRows(rows([0, 1, 0, 1]), { variant: "variant" }),
    }),
  "a unit with two rows": () =>
    analyze({
      experiment,
      source: fromRows([...rows([0, 1]), ...rows([1])], { variant: "variant", unit: "userId" }),
    }),
  "something that is not cells": () => fromCells({ format: "essai.cells/1" }),
  "something that is not a report": () => parseReport({ format: "essai.report/9" }),
  "a file that is not there": () =>
    analyze({ experiment, source: fromFile("no-such-file.csv", { variant: "variant" }, { engine: "csv" }) }),
  "an option of a sender that is misspelt": () =>
    createSender(loose({ transport: async () => {}, retrys: 3 })),
};

/** Typical mistakes on the command line; FILE stands for a file of that content. */
const lines: Readonly<Record<string, { readonly args: readonly string[]; readonly content?: string }>> = {
  "a command that is misspelt": { args: ["analyse", "orders.csv"] },
  "an option that is misspelt": { args: ["analyze", "orders.csv", "--experimnt", "e.json"] },
  "an option without its value": { args: ["analyze", "orders.csv", "--experiment"] },
  "no experiment file": { args: ["analyze", "orders.csv"] },
  "an experiment file that is not JSON": {
    args: ["validate", "FILE"],
    content: '{\n  "key": "offer",\n  "unit": "userId"\n  "variants": {}\n}\n',
  },
  "an experiment file with a misspelt key": {
    args: ["validate", "FILE"],
    content: JSON.stringify({ ...base, varaints: {} }),
  },
  "two outputs at once": { args: ["analyze", "FILE", "-e", "FILE", "--json", "--csv"], content: "{}" },
  "settings that are not JSON": {
    args: ["replay", "FILE", "--label", "best", "--policy-settings", "{horizon: 20000}"],
    content: "best\na\nb\n",
  },
};

/** What is told of a mistake, in both languages, one line each. */
async function told(act: () => unknown): Promise<string> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof ExperimentError)) return `NO SENTENCE: ${String(error)}`;
    return error.problems.map((each) => `  en  ${each.message}\n  fr  ${inFrench(each).message}`).join("\n");
  }
  return "ACCEPTED";
}

describe("typical mistakes, in whole sentences", () => {
  it("are at least fifty", () => {
    expect(Object.keys(mistakes).length + Object.keys(lines).length).toBeGreaterThanOrEqual(50);
  });

  it("read like this, in English and in French", async () => {
    const blocks: string[] = [];
    for (const [what, act] of Object.entries(mistakes)) blocks.push(`${what}\n${await told(act)}`);
    for (const [what, { args, content }] of Object.entries(lines)) {
      const file = content === undefined ? "" : files.write("file.json", content);
      const said = async (...more: string[]) => {
        const { err } = await essai([...args.map((each) => (each === "FILE" ? file : each)), ...more]);
        return err.trimEnd().replaceAll(file || "\0", "FILE");
      };
      const [en, fr] = [await said("--lang", "en"), await said("--lang", "fr")];
      const pair = (language: string, text: string) =>
        text
          .split("\n")
          .map((line) => `  ${language}  ${line}`)
          .join("\n");
      blocks.push(`${what}\n${pair("en", en)}\n${pair("fr", fr)}`);
    }
    const page = `${blocks.join("\n\n")}\n`;
    expect(page).not.toMatch(/NO SENTENCE|ACCEPTED|undefined\)\s*;.*undefined/);
    await expect(page).toMatchFileSnapshot("messages.txt");
  });
});
