import type { Report, ReportMetric } from "../../analysis/index.js";
import type { Estimate } from "../../core/estimate.js";
import type { PhraseKey } from "../words/en/phrases.js";
import type { Voice } from "../words/language.js";
import type { ReadingTone } from "../words/reading.js";
import { sentence } from "../words/voice.js";
import { covariatesTold } from "./adjustment-words.js";
import { checkLines } from "./check-lines.js";
import type { ComparisonView } from "./comparison-view.js";
import { shownEffect } from "./heat-view.js";
import { looksSentence } from "./looks-sentence.js";
import { isThin } from "./thin.js";

/** Something that could have gone wrong, what was found, and what came of it. */
export interface Guard {
  readonly risk: string;
  readonly found: string;
  readonly result: string;
  readonly tone: ReadingTone;
}

/** Whether a report can be trusted. */
export interface TrustView {
  readonly answer: string;
  readonly guards: readonly Guard[];
  /** Which estimator was used where, a line each. */
  readonly methods: readonly string[];
  /** The command that makes the report again. */
  readonly command: string;
  /** `definition version 1 · from essai.report/2 · same input, same bytes`. */
  readonly origin: string;
}

/** What the rows are told from. */
export interface TrustFacts {
  readonly checks: readonly string[];
  readonly arms: readonly { readonly variant: string; readonly units: string }[];
  readonly excluded: readonly { readonly reason: string; readonly units: string }[];
  readonly macro: readonly ComparisonView[];
  readonly micro: readonly ComparisonView[];
  readonly weighting?: { readonly moved: boolean; readonly line: string };
  readonly families: string;
  readonly looks: string;
  readonly alone: boolean;
  readonly record?: { readonly line: string; readonly failed: boolean };
}

type Result = Extract<PhraseKey, `result_${string}`>;

const tones: Readonly<Record<Result, ReadingTone>> = {
  result_sound: "good",
  result_failed: "bad",
  result_unchecked: "none",
  result_one_look: "none",
  result_looks: "good",
  result_believed: "none",
  result_any_look: "good",
  result_limited: "good",
  result_corrected: "good",
  result_moved: "warn",
  result_mind: "warn",
  result_enough: "good",
  result_hatched: "warn",
  result_none: "good",
  result_counted: "none",
  result_shrunken: "none",
};

/** The first goal's largest effect of a cell as it was measured, and after shrinking. */
function winner({ metrics }: Report, micro: readonly ComparisonView[], voice: Voice): string | undefined {
  const goal = metrics.find(({ role }) => role === "goal") ?? metrics[0];
  const shrunk = micro.flatMap((view) => {
    const { planned, shrunken } = view.comparison.difference;
    if (planned.status !== "ok" || shrunken?.status !== "ok" || isThin(view.comparison)) return [];
    return view.metric === goal?.key ? [{ view, planned, shrunken }] : [];
  });
  const [first] = shrunk.sort((a, b) => Math.abs(b.planned.value) - Math.abs(a.planned.value));
  if (!first) return undefined;
  const quantity = goal?.quantity ?? "amount";
  return voice.say("guard_winner_found", {
    metric: first.view.metric,
    cell: first.view.cell,
    raw: voice.difference(first.planned.value, quantity, first.planned.interval),
    shrunken: voice.difference(first.shrunken.value, quantity, first.planned.interval),
  });
}

/** Metrics whose overall estimates carry a caution that is told beside them. */
function cautioned(macro: readonly ComparisonView[], { words }: Voice): readonly string[] {
  const carries = (estimate: Estimate) =>
    estimate.status === "ok" && (estimate.flags ?? []).some((flag) => Object.hasOwn(words.cautions, flag));
  const own = macro.filter(
    ({ comparison: { difference, lift } }) => carries(difference.planned) || carries(lift.planned),
  );
  return [...new Set(own.map(({ metric }) => metric))];
}

/** The errors with which a verdict calls a gain, a kept margin and a harm, a sentence each. */
export function budgetLines({ families, metrics, definition }: Report, voice: Voice): readonly string[] {
  const treatments = definition.variants.length - 1;
  const of = (test: (metric: ReportMetric) => boolean) => metrics.filter(test).length;
  const goals = voice.say("of_goals", { count: of(({ role }) => role === "goal") });
  const guardrails = of(({ role }) => role === "guardrail");
  const margins = of(({ role, margin = 0 }) => role === "guardrail" && margin > 0);
  const asked = {
    gains: goals,
    margins: voice.say("of_margins", { count: margins }),
    harms:
      guardrails === 0
        ? goals
        : voice.say("and_list", {
            first: goals,
            second: voice.say("of_guardrails", { count: guardrails }),
          }),
  } as const;
  return families.flatMap(({ grain, tests, alpha, correction }) => {
    if (grain !== "gains" && grain !== "margins" && grain !== "harms") return [];
    const told = {
      tests: voice.say("one_sided_tests", { count: tests }),
      of: voice.say("times_treatments", { metrics: asked[grain], count: treatments }),
      alpha: voice.share(alpha),
    };
    if (grain === "margins") return [voice.say("budget_margins", told)];
    return correction === "none" || tests === 1
      ? [voice.say(`budget_${grain}_each`, told)]
      : [voice.say(`budget_${grain}`, { ...told, correction })];
  });
}

/** Metrics on which a single unit, or a few, weigh too much, as findings say. */
function weighedMetrics({ findings }: Report): readonly string[] {
  const metrics = findings.flatMap(({ kind, evidence }) =>
    (kind === "influence" || kind === "heaviest") && "metric" in evidence ? [evidence.metric] : [],
  );
  return [...new Set(metrics)];
}

/** How often the plan looks, and what is made of it. */
function lookGuard(report: Report, voice: Voice): readonly [found: string, result: Result] {
  const { rule, stated } = report.looks ?? {};
  const found = looksSentence(report, voice);
  if (rule === "one-look") return [found, "result_one_look"];
  if (!stated) return [found, "result_mind"];
  if (rule === "bayes") return [found, "result_believed"];
  return [found, rule === "always-valid" ? "result_any_look" : "result_looks"];
}

function methodLines(report: Report, voice: Voice): readonly string[] {
  const used = new Map<string, Set<string>>();
  for (const { metric, difference } of report.macro) {
    const own = used.get(difference.planned.method) ?? new Set();
    used.set(difference.planned.method, own.add(metric));
  }
  const overall = [...used].map(([method, metrics]) => `${method} (${[...metrics].join(", ")})`);
  return [
    ...(overall.length > 0
      ? [voice.say("methods_overall", { methods: overall.join(voice.say("separator")) })]
      : []),
    voice.say("followed", { rule: report.recommendation.rule }),
  ];
}

const quoted = (word: string) => (/^[\w.,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** @returns one row per guard, and how the numbers were made */
export function trustView(report: Report, facts: TrustFacts, voice: Voice): TrustView {
  const { checks, micro, macro, alone } = facts;
  const guards: Guard[] = [];
  const add = (risk: PhraseKey & `guard_${string}`, found: string, result: Result) =>
    guards.push({
      risk: voice.words.phrases[risk] as string,
      found,
      result: voice.say(result),
      tone: tones[result],
    });
  const statuses = report.checks.map(({ status }) => status);
  if (checks.length > 0) {
    const arms = facts.arms.map(({ variant, units }) => `${variant} ${units}`).join(" · ");
    const found = [
      ...checks.map((line, at) => (at === 0 ? sentence(line) : `${line}.`)),
      ...(alone ? [] : [`${arms}.`]),
    ].join(" ");
    const failed = statuses.includes("failed");
    add(
      "guard_shares",
      found,
      failed ? "result_failed" : statuses.includes("passed") ? "result_sound" : "result_unchecked",
    );
  }
  if (facts.record)
    add("guard_record", sentence(facts.record.line), facts.record.failed ? "result_failed" : "result_sound");
  const budgets = budgetLines(report, voice);
  if (budgets.length > 0) add("guard_chance", budgets.join(" "), "result_limited");
  if (facts.looks) add("guard_looks", ...lookGuard(report, voice));
  if (facts.families) add("guard_many", facts.families, "result_corrected");
  if (facts.weighting)
    add(
      "guard_mixed",
      sentence(facts.weighting.line),
      facts.weighting.moved ? "result_moved" : "result_sound",
    );
  const { triggered } = report;
  if (triggered)
    add(
      "guard_triggered",
      voice.say("guard_triggered_found", {
        ...{ units: voice.count(triggered.units), of: voice.count(triggered.of), event: triggered.event },
        share: voice.share(triggered.of > 0 ? triggered.units / triggered.of : 0),
        shares: checkLines(triggered, voice).join(voice.say("separator")),
      }),
      triggered.checks.some(({ status }) => status === "failed") ? "result_failed" : "result_counted",
    );
  if (report.clusters)
    add(
      "guard_clusters",
      voice.say("guard_clusters_found", {
        column: report.clusters.column,
        clusters: voice.count(report.clusters.clusters),
      }),
      "result_sound",
    );
  const covariates = covariatesTold(report, voice);
  if (covariates) add("guard_covariates", covariates.line, covariates.moved ? "result_mind" : "result_sound");
  const cautions = cautioned(macro, voice);
  if (macro.length > 0)
    add(
      "guard_few",
      cautions.length > 0
        ? voice.say("guard_few_found", { metrics: cautions.join(", ") })
        : voice.say("guard_few_none"),
      cautions.length > 0 ? "result_mind" : "result_enough",
    );
  const amounts = report.macro.some(
    ({ metric, difference }) =>
      difference.planned.status === "ok" &&
      report.metrics.some(
        ({ key, quantity, role }) => key === metric && quantity === "amount" && role !== "diagnostic",
      ),
  );
  const weighed = weighedMetrics(report);
  if (weighed.length > 0)
    add("guard_unit", voice.say("guard_unit_found", { metrics: weighed.join(", ") }), "result_mind");
  else if (amounts && report.heaviest) add("guard_unit", voice.say("guard_unit_none"), "result_sound");
  else if (amounts) add("guard_unit", voice.say("guard_unit_unknown"), "result_unchecked");
  if (micro.length > 0) {
    const thin = micro.filter(({ comparison }) => isThin(comparison)).length;
    add(
      "guard_thin",
      voice.say("guard_thin_found", { thin, count: micro.length }),
      thin > 0 ? "result_hatched" : "result_none",
    );
    const best = micro.some((view) => shownEffect(view)) ? winner(report, micro, voice) : undefined;
    if (best) add("guard_winner", best, "result_shrunken");
  }
  const left = facts.excluded.map(({ reason, units }) => `${units} ${reason}`).join(voice.say("separator"));
  add("guard_excluded", sentence(left || voice.say("nobody")), left ? "result_counted" : "result_none");
  const [failed, minded] = (["bad", "warn"] as const).map(
    (tone) => guards.filter((guard) => guard.tone === tone).length,
  ) as [number, number];
  const by = report.dimensions.length > 0 ? ` --by ${quoted(report.dimensions.join(","))}` : "";
  return {
    answer:
      failed > 0
        ? voice.say("trust_failed", { count: failed })
        : minded > 0
          ? voice.say("trust_mind", { count: minded, all: guards.length })
          : voice.say("trust_sound"),
    guards,
    methods: methodLines(report, voice),
    command: `essai analyze DATA --experiment ${quoted(`${report.definition.key}.json`)}${by} --html report.html`,
    origin: voice.say("origin", {
      version: String(report.definition.version),
      format: report.format,
      source: voice.words.source(report.source),
    }),
  };
}
