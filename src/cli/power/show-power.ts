import type { Voice } from "../../report/index.js";
import { alignRows, wrap } from "../../report/text/index.js";
import { designEffect, type PlannedMetric } from "../../stats/index.js";
import type { BelievedPlan, PowerPlan, Saving } from "./plan-power.js";
import { type PowerWords, powerWords } from "./power-words.js";
import type { Needed } from "./way.js";

const width = 98;
const indented = (lines: readonly string[]) => lines.map((line) => (line === "" ? "" : `  ${line}`));
const wrapped = (text: string) => indented(wrap(text, width));

function shownValue({ baseline, variance }: PlannedMetric, voice: Voice): string {
  return voice.level(baseline, variance === undefined ? "fraction" : "amount");
}

/** What a plan by beliefs needs, and how it errs with it. */
function believedLines(
  plan: PowerPlan,
  believed: BelievedPlan | null,
  words: PowerWords,
  voice: Voice,
): readonly string[] {
  if (!believed) return wrap(words.unreachable(plan.experiment, voice.share(plan.power)), width);
  const { prior, loss, variants, days } = believed;
  return [
    words.head(plan.experiment, voice.count(believed.units), plan.unit, voice.share(plan.power)),
    `  ${Object.entries(variants)
      .map(([key, count]) => `${key} ${voice.count(count)}`)
      .join(" · ")}`,
    ...(days === undefined || !plan.traffic
      ? []
      : [`  ${words.daysAt(voice.count(days), voice.count(plan.traffic.daily))}`]),
    "",
    ...wrapped(
      words.believes(
        voice.level(loss, "fraction"),
        voice.lift(prior.mean),
        voice.level(prior.standardDeviation, "fraction"),
      ),
    ),
    ...(["supposed", "none", "drawn"] as const).flatMap((where) => {
      const { ship, stop, expectedUnits } = believed[where];
      return wrapped(
        words.outcome(where, voice.share(ship), voice.share(stop), voice.count(Math.round(expectedUnits))),
      );
    }),
    ...wrapped(words.tried(voice.count(believed.runs), voice.share(believed.error))),
  ];
}

function sizeLines(
  { size, believed, metrics, ...plan }: PowerPlan,
  words: PowerWords,
  voice: Voice,
): readonly string[] {
  if (believed !== undefined) return believedLines({ metrics, ...plan }, believed, words, voice);
  if (!size) return [words.open(plan.experiment)];
  const shown = size.tests.map((test) => {
    const own = metrics.find(({ key }) => key === test.key);
    const supposed =
      test.test === "superiority"
        ? words.goal(voice.lift(own?.lift ?? 0))
        : words.guardrail(voice.share(own?.margin ?? 0));
    const error = voice.level(test.alpha, "fraction");
    return [test.key, supposed, error, voice.count(test.control), voice.share(test.power)];
  });
  const goals = metrics.filter(({ role }) => role === "goal").length;
  const treatments = Object.keys(size.variants).length - 1;
  const margins = size.tests.length > 1;
  return [
    words.head(plan.experiment, voice.count(size.units), plan.unit, voice.share(plan.power)),
    `  ${Object.entries(size.variants)
      .map(([key, count]) => `${key} ${voice.count(count)}`)
      .join(" · ")}`,
    ...(size.days === undefined || !plan.traffic
      ? []
      : [`  ${words.daysAt(voice.count(size.days), voice.count(plan.traffic.daily))}`]),
    "",
    ...indented(alignRows([["", "", ...words.tests], ...shown], "llrrr")),
    "",
    ...[
      words.decides(size.decides),
      words.rule(goals * treatments, margins),
      words.failing(
        size.tests.length,
        voice.share(size.beta),
        size.falseHarm > 0 ? voice.share(size.falseHarm) : undefined,
      ),
      ...(size.expectedUnits < 0.995 * size.units
        ? [
            words.used(
              voice.count(Math.round(size.expectedUnits)),
              voice.count(Math.round(size.expectedUnitsWithoutEffect)),
            ),
          ]
        : []),
    ].flatMap(wrapped),
  ];
}

function planHeads({ plans }: PowerPlan, words: PowerWords): readonly string[] {
  return plans.map((plan) => (plan.own ? `${words.plan(plan)} (${words.own})` : words.plan(plan)));
}

function tableLines(plan: PowerPlan, words: PowerWords, voice: Voice): readonly string[] {
  const cell = (needed: Needed | null) => {
    if (!needed) return words.none;
    const { units, days, expectedUnits } = needed;
    const early = expectedUnits < 0.995 * units ? ` (${voice.count(expectedUnits)} ${words.average})` : "";
    return `${voice.count(units)}${early}${days === undefined ? "" : ` · ${voice.count(days)} ${words.days}`}`;
  };
  const rows = plan.effects.map(({ lift, plans }) => [voice.lift(lift), ...plans.map(cell)]);
  return [
    words.table(plan.goal),
    ...indented(alignRows([["", ...planHeads(plan, words)], ...rows], `l${"r".repeat(plan.plans.length)}`)),
  ];
}

const bar = 24;

function curveLines(plan: PowerPlan, words: PowerWords, voice: Voice): readonly string[] {
  const { curve = [], metrics, goal } = plan;
  if (curve.length === 0) return [];
  const lift = metrics.find(({ key }) => key === goal)?.lift ?? 0;
  const rows = curve.map(({ units, days, power: [first = 0, ...others] }) => [
    voice.count(units),
    ...(days === undefined ? [] : [`${voice.count(days)} ${words.days}`]),
    `${"█".repeat(Math.round(bar * first)).padEnd(bar, "░")} ${voice.share(first)}`,
    ...others.map(voice.share),
  ]);
  const columns = (rows[0]?.length ?? 0) - 1;
  const heads = planHeads(plan, words);
  return [
    "",
    words.curve(goal, voice.lift(lift)),
    ...indented(
      alignRows(
        [[words.units, ...(plan.traffic ? [""] : []), ...heads], ...rows],
        `${plan.traffic ? "rr" : "r"}l${"r".repeat(columns)}`,
      ),
    ),
  ];
}

function savingLine(
  { metric, by, times, explained = 0, cap = 0, other = "" }: Saving,
  words: PowerWords,
  voice: Voice,
): string {
  if (by === "covariates")
    return words.covariates(metric, voice.share(explained), voice.share(1 / times - 1));
  if (by === "cap") return words.cap(metric, voice.statistic(cap), voice.share(1 - times));
  return words.better(metric, other, voice.share(times));
}

/** Fewer clusters of all variants than this are read by a t-test that finds less than a normal one. */
const fewClusters = 60;

/** How many clusters are needed, and what their units' being alike costs each metric. */
function clusterLines(plan: PowerPlan, words: PowerWords, voice: Voice): readonly string[] {
  const [known] = plan.metrics.flatMap(({ clusters }) => clusters ?? []);
  if (!known) return [];
  const units = plan.size?.units ?? plan.believed?.units;
  const count = units === undefined ? undefined : Math.ceil(units / known.size);
  return [
    "",
    ...(count === undefined ? [] : [words.clusters(voice.count(count), voice.statistic(known.size))]),
    ...plan.metrics.flatMap(({ key, clusters }) =>
      clusters
        ? [words.alike(key, voice.statistic(clusters.correlation), voice.statistic(designEffect(clusters)))]
        : [],
    ),
    ...(count !== undefined && count < fewClusters ? [words.fewClusters] : []),
  ].flatMap((each) => (each === "" ? [each] : wrapped(each)));
}

function measuredLines(
  plan: PowerPlan,
  units: number | undefined,
  words: PowerWords,
  voice: Voice,
): readonly string[] {
  if (units === undefined) return [];
  const { traffic } = plan;
  const { from, to, days, weekdays } = traffic ?? {};
  return [
    "",
    words.measured(voice.count(units), days === undefined ? undefined : voice.count(days)),
    ...plan.metrics.map((metric) => {
      const { baseline, variance = baseline * (1 - baseline) } = metric;
      const deviation = voice.level(Math.sqrt(variance), "amount");
      return `  ${words.metric(metric.key, shownValue(metric, voice), deviation)}`;
    }),
    ...(traffic && from !== undefined && to !== undefined
      ? [`  ${words.traffic(voice.count(traffic.daily), from, to)}`]
      : []),
    ...(weekdays
      ? wrapped(
          `${weekdays.map((each, day) => `${words.weekdays[day]} ${voice.count(each)}`).join(" · ")}; ${words.weeks}`,
        )
      : []),
  ];
}

/** A power plan as text. */
export function showPower(plan: PowerPlan, measured: number | undefined, voice: Voice): string {
  const words = powerWords(voice.language);
  const { reverse, worth, savings } = plan;
  return `${[
    ...sizeLines(plan, words, voice),
    ...clusterLines(plan, words, voice),
    ...measuredLines(plan, measured, words, voice),
    "",
    ...tableLines(plan, words, voice),
    ...curveLines(plan, words, voice),
    ...(reverse
      ? [
          "",
          words.reverse(voice.count(reverse.days), voice.count(reverse.units)),
          ...indented(
            alignRows(
              planHeads(plan, words).map((head, at) => {
                const lift = reverse.lifts[at] ?? null;
                return [head, lift === null ? words.none : voice.lift(lift)];
              }),
              "lr",
            ),
          ),
          ...(reverse.blocked === undefined ? [] : wrapped(words.blocked(reverse.blocked))),
        ]
      : []),
    ...(worth
      ? [
          "",
          ...wrap(
            worth.starts
              ? words.worth(voice.count(worth.days))
              : words.notWorth(voice.count(worth.days), voice.count(worth.most), savings.length > 0),
            width,
          ),
        ]
      : []),
    ...(savings.length > 0
      ? ["", words.savings, ...savings.flatMap((each) => wrapped(savingLine(each, words, voice)))]
      : []),
  ].join("\n")}\n`;
}
