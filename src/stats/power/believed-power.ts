import { square } from "../../core/powers.js";
import { normalSurvivalQuantile } from "../../distributions/index.js";
import { ExperimentError, missing_value, requireNumber } from "../../errors/index.js";
import { randomSource, sampleNormal } from "../../random/index.js";
import { choicesAt } from "../looks/index.js";
import { numberAt } from "../numeric/number-at.js";
import { remembered } from "../numeric/remembered.js";
import { type BeliefPlan, checkBeliefPlan, type TrialOptions } from "./belief-plan.js";
import { type PlannedMetric, signOf } from "./decision-plan.js";
import { unitsPerControl } from "./decision-tests.js";
import { effectOf } from "./design-effect.js";
import { fractionsOf } from "./planned-looks.js";

/** What became of simulated tests. */
export interface BelievedOutcomes {
  /** Shares of the tests that ship, and that stop. */
  readonly ship: number;
  readonly stop: number;
  /** Units of all variants that come on average until one of them, or the end. */
  readonly expectedUnits: number;
}

/** How likely a decision by beliefs is to ship. */
export interface BelievedPower {
  /** Of all variants together, at the planned end. */
  readonly units: number;
  /** Where lifts are as supposed. */
  readonly supposed: BelievedOutcomes;
  /** Where no metric moves: what beliefs ship and stop falsely. */
  readonly none: BelievedOutcomes;
  /** Where lifts are drawn from the prior: `ship` is the assurance. */
  readonly drawn: BelievedOutcomes;
  /** Simulated tests, and the Monte-Carlo standard error of a share of a half among them. */
  readonly runs: number;
  readonly error: number;
}

/** Units that a decision by beliefs needs, and what becomes of it with them. */
export interface BelievedSize extends BelievedPower {
  readonly control: number;
  readonly treatment: number;
}

const usualRuns = 4000;
/** Beyond this many times the units that a single estimate asks for, nothing more is found. */
const MOST_TIMES = 16_384;

/** What a metric is to the decision, and where its estimate has to lie at each look; all turned so that more is better. */
interface Judged {
  readonly goal: boolean;
  readonly bounded: boolean;
  /** Effects on the log scale in standard errors at the planned end: as supposed, and per unit of the prior's law. */
  readonly supposed: number;
  readonly center: number;
  readonly spread: number;
  /** Deviates from which the treatment may be chosen, up to which control may, and from which the margin is kept. */
  readonly treatment: readonly number[];
  readonly control: readonly number[];
  readonly kept: readonly number[];
}

/** Standard error of log(1 + lift) for one control unit. */
function unitError({ baseline, variance, lift = 0, clusters }: PlannedMetric, ratio: number): number {
  const treated = baseline * (1 + lift);
  const of = (value: number) => (variance ?? value * (1 - value)) / square(value);
  return Math.sqrt(effectOf(clusters) * (of(baseline) + of(treated) / ratio));
}

function judgedIn(plan: BeliefPlan, fractions: readonly number[], control: number): readonly Judged[] {
  const { prior, loss, level = 0.95, ratio = 1 } = plan;
  const critical = normalSurvivalQuantile((1 - level) / 2);
  return plan.metrics.map((metric): Judged => {
    const sign = signOf(metric);
    const { margin = 0, role, lift = 0 } = metric;
    const error = unitError(metric, ratio) / Math.sqrt(control);
    const turned = { ...prior, mean: sign * prior.mean };
    const choices = fractions.map((fraction) =>
      choicesAt(error / Math.sqrt(fraction), { prior: turned, loss }),
    );
    const worst = sign > 0 ? Math.log1p(-Math.min(margin, 1 - 1e-9)) : -Math.log1p(margin);
    const kept = fractions.map((fraction) => {
      const own = error / Math.sqrt(fraction);
      const share = square(prior.standardDeviation) / (square(prior.standardDeviation) + square(own));
      const reach = critical * own * Math.sqrt(share);
      return (worst + reach - (1 - share) * turned.mean) / share / own;
    });
    return {
      ...{ goal: role === "goal", bounded: role === "guardrail" && margin > 0 },
      supposed: (sign * Math.log1p(lift)) / error,
      ...{ center: turned.mean / error, spread: prior.standardDeviation / error },
      treatment: choices.map((each) => each.treatment),
      control: choices.map((each) => each.control),
      kept,
    };
  });
}

/** A table of sizes asks for the same draws again and again. */
const late = remembered<Float64Array>(4);

/** Normal draws: of each test one per metric for its effect, then one per metric and look. */
function drawsOf(seed: string, runs: number, metrics: number, looks: number): Float64Array {
  return late(JSON.stringify([seed, runs, metrics, looks]), () => {
    const random = randomSource(seed);
    return Float64Array.from({ length: runs * metrics * (looks + 1) }, () => sampleNormal(random));
  });
}

/** Rule 1 of the report at one look: what becomes of a test whose metrics have these deviates. */
function decided(judged: readonly Judged[], deviates: Float64Array, at: number, strict: boolean) {
  let [better, worse, open, negligible] = [false, false, false, true];
  for (let i = 0; i < judged.length; i++) {
    const metric = judged[i];
    if (!metric) continue;
    const z = numberAt(deviates, i);
    const treatment = z >= (metric.treatment[at] ?? 0);
    const control = z <= (metric.control[at] ?? 0);
    const chosen = treatment && !control;
    if (metric.goal) {
      if (chosen) better = true;
      else if (control && !treatment) worse = true;
      if (!(treatment && control)) negligible = false;
    } else if (!chosen) {
      const kept = metric.bounded && z > (metric.kept[at] ?? 0);
      if (control && !treatment && (strict || !kept)) worse = true;
      else if (metric.bounded && !kept) open = true;
    }
  }
  if (worse) return "stop";
  if (better) return open ? undefined : "ship";
  return negligible ? "enough" : undefined;
}

type Truth = "supposed" | "none" | "drawn";

function outcomesOf(
  plan: BeliefPlan,
  control: number,
  draws: Float64Array,
  runs: number,
  truth: Truth,
): BelievedOutcomes {
  const fractions = fractionsOf(plan);
  const judged = judgedIn(plan, fractions, control);
  const steps = fractions.map((fraction, at) => Math.sqrt(fraction - (fractions[at - 1] ?? 0)));
  const [count, looks] = [judged.length, fractions.length];
  const [scores, deviates, effects] = [0, 0, 0].map(() => new Float64Array(count));
  if (!scores || !deviates || !effects) return { ship: 0, stop: 0, expectedUnits: 0 };
  let [ship, stop, used] = [0, 0, 0];
  for (let run = 0; run < runs; run++) {
    let place = run * count * (looks + 1);
    for (let i = 0; i < count; i++, place++) {
      const { supposed = 0, center = 0, spread = 0 } = judged[i] ?? {};
      scores[i] = 0;
      effects[i] =
        truth === "supposed" ? supposed : truth === "none" ? 0 : center + spread * numberAt(draws, place);
    }
    let ended = 1;
    for (let at = 0; at < looks; at++) {
      const fraction = fractions[at] ?? 1;
      for (let i = 0; i < count; i++, place++) {
        const score = numberAt(scores, i) + (steps[at] ?? 0) * numberAt(draws, place);
        scores[i] = score;
        deviates[i] = (score + numberAt(effects, i) * fraction) / Math.sqrt(fraction);
      }
      const found = decided(judged, deviates, at, plan.strict ?? false);
      if (found === undefined) continue;
      if (found === "ship") ship++;
      else if (found === "stop") stop++;
      ended = fraction;
      break;
    }
    used += ended;
  }
  return {
    ...{ ship: ship / runs, stop: stop / runs },
    expectedUnits: (used / runs) * control * unitsPerControl(plan),
  };
}

function allOf(plan: BeliefPlan, control: number, draws: Float64Array, runs: number): BelievedPower {
  const of = (truth: Truth) => outcomesOf(plan, control, draws, runs, truth);
  return {
    units: control * unitsPerControl(plan),
    ...{ supposed: of("supposed"), none: of("none"), drawn: of("drawn") },
    ...{ runs, error: 0.5 / Math.sqrt(runs) },
  };
}

/**
 * How likely a decision by expected loss (`plan.method: "bayes"`) is to ship, by simulated tests of normal estimates: where lifts
 * are as supposed, where nothing moves, and where they are drawn from the prior (assurance).
 * @param plan     metrics with baseline and what is supposed of them; prior, loss, looks …; `power` is not read
 * @param control  units of the control at the planned end, > 0
 * @param options  seed, runs
 * @returns shares that ship and stop, units that are used on average, and the Monte-Carlo error
 * @throws ExperimentError `unknown_key`, `missing_value`, `wrong_type` or `out_of_range` within ["plan"], ["control"] or ["options"]
 * @source O'Hagan, Stevens & Campbell (2005), Pharmaceutical Statistics 4 (assurance)
 * @checked test/stats/believed-power.test.ts — `falseChoices`, exact, and simulated reports
 * @example
 * const metrics = [{ key: "order", role: "goal", baseline: 0.1, lift: 0.1 }] as const;
 * const plan = { metrics, prior: { mean: 0, standardDeviation: 0.05 }, loss: 0.0025 };
 * powerForBeliefs(plan, 10_000, { seed: "1" }).supposed.ship > 0.8; // true
 */
export function powerForBeliefs(plan: BeliefPlan, control: number, options: TrialOptions): BelievedPower {
  checkBeliefPlan(plan, options);
  requireNumber(control, ["control"], { above: 0 });
  const { runs = usualRuns } = options;
  return allOf(
    plan,
    control,
    drawsOf(options.seed, runs, plan.metrics.length, fractionsOf(plan).length),
    runs,
  );
}

/**
 * Units with which a decision by expected loss ships what is as supposed with the power asked for; the same simulated tests at
 * every size, as `powerForBeliefs` has them.
 * @param plan     as `powerForBeliefs` takes it, and power, default 0.8
 * @param options  seed, runs
 * @returns units of control and of each treatment; null where no size is enough (beliefs that stop falsely too often, or a loss
 *          that a gain so small does not come below)
 * @throws ExperimentError as `powerForBeliefs`; `missing_value` at ["plan", "metrics"] where no goal has a gain to find
 * @source as `powerForBeliefs`
 * @example
 * const metrics = [{ key: "order", role: "goal", baseline: 0.1, lift: 0.1 }] as const;
 * const plan = { metrics, prior: { mean: 0, standardDeviation: 0.05 }, loss: 0.0025 };
 * (sizeForBeliefs(plan, { seed: "1" })?.control ?? 0) < 10_000; // true
 */
export function sizeForBeliefs(plan: BeliefPlan, options: TrialOptions): BelievedSize | null {
  checkBeliefPlan(plan, options);
  const { power = 0.8, ratio = 1, metrics } = plan;
  const { runs = usualRuns } = options;
  const gains = metrics.flatMap((metric) => {
    const gain = signOf(metric) * Math.log1p(metric.lift ?? 0);
    return metric.role === "goal" && gain > 0 ? [square(unitError(metric, ratio) / gain)] : [];
  });
  if (gains.length === 0)
    throw new ExperimentError({ missing_value }, ["plan", "metrics"], undefined, {
      example: '{ key: "order", role: "goal", baseline: 0.1, lift: 0.05 }',
    });
  const draws = drawsOf(options.seed, runs, metrics.length, fractionsOf(plan).length);
  const enough = (control: number) => outcomesOf(plan, control, draws, runs, "supposed").ship >= power;
  const least = Math.min(...gains) / 16;
  let high = least;
  while (!enough(high)) {
    high *= 2;
    if (high > MOST_TIMES * least) return null;
  }
  let low = high / 2;
  while (high > 1.002 * low && high - low > 1) {
    const middle = Math.sqrt(low * high);
    if (enough(middle)) high = middle;
    else low = middle;
  }
  const control = Math.ceil(high);
  return { ...allOf(plan, control, draws, runs), control, treatment: Math.ceil(control * ratio) };
}
