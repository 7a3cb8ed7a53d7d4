import type { Json } from "../../../core/json.js";
import { once } from "../../../core/once.js";
import { type ErrorPath, type Problem, problem, requireNumber, wrong_type } from "../../../errors/index.js";
import { solveLower, solveUpper } from "../../../linear/cholesky.js";
import { drawNormal } from "../../../random/sample-normal.js";
import type { RandomSource } from "../../../random/source.js";
import { type EffectsFit, fitEffects } from "../../../regression/effects-fit.js";
import { links } from "../../../regression/links.js";
import type { Fields, FieldsType } from "../../../shapes/index.js";
import { checkedSettings } from "../../checked-settings.js";
import { missingProblems } from "../../encoders/missing.js";
import { ascentSearch, ascents, type Score } from "../../posterior/ascent.js";
import { counted, countedBelief } from "../../posterior/drawn-probabilities.js";
import type { Belief } from "../../posterior/posterior.js";
import { orNull, positive } from "../../setting-shapes.js";
import type { Arm } from "../../state/arm.js";
import type { RewardModel, Sums } from "../reward-model.js";
import { blockProblems, learnBlocks } from "../sums/block-sums.js";
import { effectsLayout } from "./effects-layout.js";

/** The part of the context by which units are distinguished. */
const segmentsFields = {
  field: { kind: "text" },
  levels: { kind: "list", of: { kind: "text", empty: true }, atLeast: 1 },
} as const satisfies Fields;

/** The part of the context by which units are distinguished. */
export type Segments = FieldsType<typeof segmentsFields>;

/**
 * Settings of the models that estimate effects, `factorial` and `hierarchical`. Standard deviations are in log-odds, or,
 * for amounts, in standard deviations of one action's rewards, so that no unit of money has to be known.
 *
 * - `segments`: default none
 * - `pairs`: interactions between every two factors; default true
 * - `link`: `"logistic"` (default) for rewards in [0, 1], `"identity"` for amounts
 * - `mean`: reward expected at the start, worth one observation; default 0.1
 * - `main`: prior guess at the standard deviation of main effects, > 0; default 0.25, in `hierarchical` 0.4
 * - `interaction`: the same of interactions of two factors, > 0; default 0.15
 * - `segmentInteraction`: the same of what a segment changes about a level's effect, > 0; default `interaction` where
 *   that is given, else 0.45, in `hierarchical` 0.05
 */
export const effectsSettings = {
  segments: orNull({ kind: "object", has: segmentsFields }),
  pairs: { kind: "flag", optional: true },
  link: { kind: "word", of: ["logistic", "identity"], optional: true },
  mean: { kind: "number", optional: true },
  main: positive,
  interaction: positive,
  segmentInteraction: positive,
} as const satisfies Fields;

/** Settings of `factorial` and `hierarchical`, as `effectsSettings` lists them. */
export type EffectsSettings = FieldsType<typeof effectsSettings>;

const CELL = 3;
const OPENING = 4;

/** Places of a row's coefficients that depend on one of the factors. */
const changing = (dependence: readonly (readonly number[])[], factors: readonly number[]): number[] =>
  [...dependence.keys()].filter((at) => dependence[at]!.some((factor) => factors.includes(factor)));

/** Standard deviations that a model of effects guesses where its settings say nothing. */
export interface EffectsGuesses {
  readonly main: number;
  readonly segmentInteraction: number;
}

/**
 * A model of effects under a name; see `factorial` and `hierarchical`.
 * @throws ExperimentError `out_of_range`, `wrong_type` or `unknown_name` at the setting; `unknown_key` at any other
 */
export function effectsModel(name: string, guesses: EffectsGuesses, given: EffectsSettings): RewardModel {
  checkedSettings(given, effectsSettings);
  const stated = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const settings: Required<EffectsSettings> = {
    segments: null,
    pairs: true,
    link: "logistic",
    mean: 0.1,
    interaction: 0.15,
    ...guesses,
    ...(given.interaction === undefined ? {} : { segmentInteraction: given.interaction }),
    ...stated,
  };
  const { segments, link: linkName, mean } = settings;
  if (linkName === "logistic") requireNumber(mean, ["mean"], { above: 0, below: 1 });
  const link = links[linkName];
  const count = (segments?.levels.length ?? 0) + 1;
  const segmentOf = (context: Json): number => {
    const level = segments ? (context as Record<string, unknown>)[segments.field] : undefined;
    const index = segments?.levels.indexOf(String(level)) ?? -1;
    return index < 0 ? count - 1 : index;
  };
  const refused = (context: Json, path: ErrorPath): Problem[] => {
    if (!segments) return [];
    if (typeof context !== "object" || context === null)
      return [problem({ wrong_type }, path, context, { expected: { type: "object" } })];
    const { field, levels } = segments;
    return missingProblems((context as Record<string, unknown>)[field], field, path, { known: levels });
  };
  const empty = (actions: number): Sums =>
    Array.from({ length: actions }, () => new Array<number>(CELL * count).fill(0));

  const bind = (arms: readonly Arm[]): RewardModel => {
    const { size, blocks, rows, levels, terms, dependence } = effectsLayout(arms, count - 1, settings);
    const ascentOf = ascents(levels);
    const fitOf = (sums: Sums): EffectsFit =>
      once(sums, () =>
        fitEffects(
          rows.flatMap((segmentRows, s) =>
            segmentRows.map((row, arm) => {
              const [n, sum, squares] = sums[arm]!.slice(CELL * s, CELL * s + CELL) as [
                number,
                number,
                number,
              ];
              return { row, n, sum, squares };
            }),
          ),
          size,
          blocks,
          link,
          { mean, n: 1 },
        ),
      );
    return {
      name,
      // Each factor's levels are met in many combinations; a single factor's are met in one each.
      ...((levels[0]?.length ?? 0) > 1 ? { sharpest: () => ({ opening: OPENING }) } : {}),
      settings: settings as unknown as Json,
      bind,
      empty,
      supports: (reward) => linkName !== "logistic" || (reward >= 0 && reward <= 1),
      learn: (sums, rewards) =>
        learnBlocks(sums, rewards, (block, { reward, context }) => {
          const at = CELL * segmentOf(context);
          block[at]! += 1;
          block[at + 1]! += reward;
          block[at + 2]! += reward * reward;
        }),
      count: (block) => block.reduce((sum, each, place) => (place % CELL === 0 ? sum + each : sum), 0),
      gathers: () => segments && { ...segments },
      problems: (sums, actions) =>
        blockProblems(sums, empty(actions), (place) => (place % CELL === 1 ? {} : { atLeast: 0 })),
      contributions(sums, context) {
        const { coefficients } = fitOf(sums);
        const segment = segmentOf(context);
        return rows[segment]!.map((row) =>
          Object.fromEntries(row.map((i, term) => [terms[segment]![term]!, coefficients[i]!])),
        );
      },
      // A context that is refused has a key of its own, under which nothing is ever kept.
      contextKey: (context) => (refused(context, []).length > 0 ? "refused" : String(segmentOf(context))),
      contextProblems: refused,
      posterior(sums, context, sharpness) {
        const { coefficients, factor } = fitOf(sums);
        const segment = segmentOf(context);
        const segmentRows = rows[segment]!;
        const spread = 1 / Math.sqrt(sharpness);
        const z = new Float64Array(size);
        const predict = (values: Float64Array, arm: number): number => {
          const row = segmentRows[arm]!;
          let predictor = 0;
          for (let i = 0; i < row.length; i++) predictor += values[row[i]!]!;
          return predictor;
        };
        const drawCoefficients = (random: RandomSource): void => {
          for (let i = 0; i < size; i++) z[i] = spread * drawNormal(random);
          solveUpper(factor, z, z);
          for (let i = 0; i < size; i++) z[i]! += coefficients[i]!;
        };
        const variances = (): number[] =>
          segmentRows.map((row) => {
            z.fill(0);
            for (const i of row) z[i] = 1;
            return spread * spread * solveLower(factor, z).reduce((sum, x) => sum + x * x, 0);
          });
        const belief: Belief = {
          law: "joint",
          get mean() {
            return variances().map((variance, arm) => link.mean(predict(coefficients, arm), variance));
          },
          get sd() {
            return variances().map(
              (variance, arm) => Math.sqrt(variance) * link.slope(link.inverse(predict(coefficients, arm))),
            );
          },
          draw(random, out) {
            drawCoefficients(random);
            for (let arm = 0; arm < out.length; arm++) out[arm] = link.inverse(predict(z, arm));
          },
        };
        const each = countedBelief(belief, sums.length);
        return {
          // A climb starts where earlier draws ended: no draw can be made alone.
          quick: (eligible, seed, random) =>
            ascentOf(eligible) ? undefined : each.quick(eligible, seed, random),
          best(eligible, seed) {
            const ascent = ascentOf(eligible);
            if (!ascent) return each.best(eligible, seed);
            const parts = [...ascent.singles, ...ascent.doubles].map(({ changed }) =>
              changing(dependence[segment]!, changed),
            );
            // The link is monotone: predictors compare as rewards do.
            const scoreOf =
              (values: Float64Array): Score =>
              (place, move) => {
                const arm = eligible[place]!;
                if (!move) return predict(values, arm);
                const row = segmentRows[arm]!;
                let part = 0;
                const places = parts[move.index]!;
                for (let i = 0; i < places.length; i++) part += values[row[places[i]!]!]!;
                return part;
              };
            const search = ascentSearch(ascent, scoreOf(coefficients));
            const score = scoreOf(z);
            return counted((random) => {
              drawCoefficients(random);
              return search(score, random);
            }).best(eligible, seed);
          },
          belief,
        };
      },
    };
  };
  return bind([]);
}
