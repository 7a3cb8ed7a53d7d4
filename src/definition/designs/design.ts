import type { DesignRecord, FactorDefinition, Level } from "../../core/definition.js";
import { aliased_effect, errorOf, problem, requireNumber } from "../../errors/index.js";
import { cholesky, logDeterminant, packSymmetric } from "../../linear/index.js";
import type { FieldsFor } from "../../shapes/index.js";
import type { Aliasing, Confounding } from "./aliasing.js";
import { checkDesignOptions, orderShape } from "./check-design-options.js";
import { effectCoding, effectColumns, orthonormalContrasts } from "./contrasts.js";
import { type EffectFactors, effectName, effectsOfOrder, parseEffect, parseEffects } from "./effects.js";
import { type Combination, combinationKeys, combinationOf, type Factors } from "./factors.js";
import { OrthonormalBasis } from "./orthonormal-basis.js";

/** A main effect or an interaction: a factor's name, names joined by colons, or letters in the factors' order (`"AB"`). */
export type Effect<F extends Factors = Factors> = (keyof F & string) | (string & {});

/** An effect that an estimate of another one picks up, and how much of it. */
export interface Alias {
  /** E.g. `"cta:channel"`; `"mean"` for the overall mean. */
  readonly effect: string;
  /**
   * ±1: completely aliased. Signed where both effects have a single contrast (two-level factors; first level -1,
   * second +1); otherwise the root of the summed squares over orthonormal contrasts.
   */
  readonly coefficient: number;
}

/** What may be taken for granted when asking which effects can be estimated. */
export interface EstimabilityOptions {
  /**
   * Interactions of this order and above are taken to be zero unless they are asked for. Default: one above the highest
   * order asked for, so everything up to that order may be present. 1: nothing but the effects asked for is present.
   */
  readonly negligible?: number;
}

/** Effect-coded columns, one row per variant. */
export interface EffectColumns {
  /** Keys of the rows, in the order of the design's variants. */
  readonly variants: readonly string[];
  /** What each column stands for: the effect, and the levels at which it is +1 (a product of +1s). */
  readonly columns: readonly { readonly effect: string; readonly levels: Readonly<Record<string, Level>> }[];
  /** Rows of values -1, 0 or 1; a constant column for the mean is not included. */
  readonly rows: readonly (readonly number[])[];
}

/** Chosen combinations of factor levels, and what can be learned from them. */
export interface Design<F extends Factors = Factors> {
  readonly kind: string;
  readonly factors: readonly FactorDefinition[];
  /** Payload of each variant by its key, e.g. `{ "cta=Buy,hero=A": { cta: "Buy", hero: "A" } }`. */
  readonly variants: Readonly<Record<string, Combination<F>>>;
  /** The first run: every factor at its first level, where the design has that combination. */
  readonly control: string;
  /** Share of each variant, summing to 1; unequal where a small design repeats combinations. */
  readonly allocation: Readonly<Record<string, number>>;
  /** Index of each factor's level, one array a variant. */
  readonly runs: readonly (readonly number[])[];
  /** How the combinations were chosen, as plain JSON. */
  readonly record: DesignRecord;
  /** Length of the shortest word (3 for III, 4 for IV …); `"full"` when there is none. */
  readonly resolution: number | "full";
  /** Element j: the number of words of length j, in the generalized sense for irregular designs; element 0 is 1. */
  readonly wordLengthPattern: readonly number[];
  /** Words of a regular fraction's defining relation, `-` in front of negative ones; empty for other designs. */
  readonly definingRelation: readonly string[];
  /**
   * Other effects that an estimate of this effect picks up.
   * @param effect   the effect
   * @param options  order: highest order of the aliases listed; default all for regular fractions, else 2
   * @returns the aliases, lower orders first
   * @throws ExperimentError `unknown_factor` at ["effect"], `out_of_range` at ["order"], `unknown_key`
   */
  aliases(effect: Effect<F>, options?: { readonly order?: number }): Alias[];
  /**
   * Whether effects can be estimated together.
   * @param effects  one effect or several
   * @param options  what is taken to be zero
   * @returns true when none is confounded with another that may be present
   * @throws ExperimentError `unknown_factor` at ["effects", i], `out_of_range` at ["negligible"], `unknown_key`
   */
  estimable(effects: Effect<F> | readonly Effect<F>[], options?: EstimabilityOptions): boolean;
  /**
   * Every effect that can be estimated when interactions above an order are negligible.
   * @param order  highest order; default 2
   * @returns the effects' names, lower orders first
   * @throws ExperimentError `out_of_range` at ["order"]
   */
  estimableEffects(order?: number): string[];
  /**
   * Effect-coded columns for estimating effects from the variants' means; refuses what the design cannot tell apart.
   * @param effects  the effects of the model, e.g. `["hero", "cta", "hero:cta"]`
   * @param options  what is taken to be zero
   * @returns the columns
   * @throws ExperimentError `aliased_effect` at ["effects", i], naming the aliases, `unknown_factor`, `out_of_range`
   */
  columns(effects: readonly Effect<F>[], options?: EstimabilityOptions): EffectColumns;
  /**
   * D-efficiency of the design for a model, relative to an orthogonal design of as many units.
   * @param effects  default: those an optimal design was made for, else the main effects
   * @returns a fraction in [0, 1]; 0 when the effects cannot be estimated
   * @throws ExperimentError `unknown_factor` at ["effects", i]
   */
  efficiency(effects?: readonly Effect<F>[]): number;
}

/** What a family of designs hands over. */
export interface DesignParts {
  readonly record: DesignRecord;
  readonly factors: readonly FactorDefinition[];
  /** Different combinations, as level indexes. */
  readonly runs: readonly (readonly number[])[];
  /** Share of each run, summing to 1. */
  readonly weights: readonly number[];
  readonly aliasing: Aliasing;
  /** Keys of the runs' variants; default made from the levels. */
  readonly keys?: readonly string[];
  /** Default the first run's key. */
  readonly control?: string;
}

function coefficientText(coefficient: number): string {
  const size = Math.abs(coefficient);
  if (size === 1) return "";
  for (let d = 2; d <= 12; d++)
    if (Math.abs(size * d - Math.round(size * d)) < 1e-6) return `${Math.round(size * d)}/${d} `;
  return `${size.toFixed(3)} `;
}

/** `"C:D"`, `"1/3 C - 1/3 D"`. */
function confoundingText(aliases: readonly Alias[]): string {
  const complete = aliases.every(({ coefficient }) => Math.abs(coefficient) === 1);
  const terms = aliases.map(({ effect, coefficient }) => `${coefficientText(coefficient)}${effect}`);
  const signs = aliases.map(({ coefficient }) => (coefficient < 0 ? "-" : "+"));
  if (complete) return terms.map((term, i) => (signs[i] === "-" ? `-${term}` : term)).join(" = ");
  const sum = terms.map((term, i) => `${signs[i]} ${term}`).join(" ");
  return sum.replace(/^\+ /, "").replace(/^- /, "-");
}

const aliasFields = { order: orderShape } as const satisfies FieldsFor<{ readonly order?: number }>;
const estimabilityFields = {
  negligible: orderShape,
} as const satisfies FieldsFor<EstimabilityOptions>;

/**
 * A design object over chosen combinations.
 * @param parts  factors, runs and what is known about their aliasing
 * @returns the design
 */
export function createDesign<F extends Factors>(parts: DesignParts): Design<F> {
  const { factors, runs, weights, aliasing, record } = parts;
  const names = factors.map(({ name }) => name);
  const k = names.length;
  const { keys = combinationKeys(factors, runs) } = parts;
  const named = ({ effect, coefficient }: Confounding): Alias => ({
    effect: effect.length === 0 ? "mean" : effectName(effect, names),
    coefficient,
  });
  const parsedAll = (effects: readonly string[]) => parseEffects(effects, names, ["effects"]);
  const confoundings = (asked: readonly EffectFactors[], options: EstimabilityOptions) => {
    checkDesignOptions(options, estimabilityFields);
    const highest = Math.max(1, ...asked.map((effect) => effect.length));
    const order = Math.min((options.negligible ?? highest + 1) - 1, k);
    return asked.map((effect) => aliasing.confounded(effect, asked, order));
  };
  let pattern: readonly number[] | undefined;

  return {
    kind: record.kind,
    factors,
    variants: Object.fromEntries(runs.map((run, i) => [keys[i], combinationOf(factors, run)])) as Record<
      string,
      Combination<F>
    >,
    control: parts.control ?? (keys[0] as string),
    allocation: Object.fromEntries(keys.map((key, i) => [key, weights[i] as number])),
    runs,
    record,
    get wordLengthPattern() {
      return (pattern ??= aliasing.wordLengths());
    },
    get resolution() {
      const shortest = this.wordLengthPattern.findIndex((words, length) => length > 0 && words > 1e-6);
      return shortest < 0 ? "full" : shortest;
    },
    get definingRelation() {
      return aliasing
        .relation()
        .map(({ effect, coefficient }) => `${coefficient < 0 ? "-" : ""}${effectName(effect, names)}`);
    },
    aliases(effect, options = {}) {
      checkDesignOptions(options, aliasFields);
      const parsed = parseEffect(effect, names, ["effect"]);
      if ("code" in parsed) throw errorOf([parsed]);
      return aliasing.aliases(parsed, Math.min(options.order ?? aliasing.order, k)).map(named);
    },
    estimable(effects, options = {}) {
      const asked = parsedAll(typeof effects === "string" ? [effects] : (effects as readonly string[]));
      return confoundings(asked, options).every((found) => found.length === 0);
    },
    estimableEffects(order = 2) {
      requireNumber(order, ["order"], orderShape);
      const asked = [...effectsOfOrder(k, 1, order)];
      const found = confoundings(asked, {});
      return asked.filter((_, i) => found[i]?.length === 0).map((effect) => effectName(effect, names));
    },
    columns(effects, options = {}) {
      const asked = parsedAll(effects);
      const problems = confoundings(asked, options).flatMap((found, i) => {
        if (found.length === 0) return [];
        const effect = effectName(asked[i] as EffectFactors, names);
        return [
          problem({ aliased_effect }, ["effects", i], effect, {
            other: confoundingText(found.map(named)),
          }),
        ];
      });
      if (problems.length > 0) throw errorOf(problems);
      const blocks = asked.map((effect) => effectColumns(factors, runs, effect, effectCoding));
      return {
        variants: keys,
        columns: asked.flatMap((effect) => columnLevels(factors, effect, names)),
        rows: runs.map((_, r) => blocks.flatMap((block) => block.map((column) => column[r] as number))),
      };
    },
    efficiency(effects = record.effects ?? names) {
      const blocks = [[], ...parsedAll(effects)].flatMap((effect) =>
        effectColumns(factors, runs, effect, orthonormalContrasts).map((column) =>
          column.map((value, r) => value * Math.sqrt(weights[r] as number)),
        ),
      );
      const basis = new OrthonormalBasis(runs.length);
      if (!basis.wouldGrowBy(blocks)) return 0;
      const gram = blocks.map((a) =>
        blocks.map((b) => a.reduce((sum, value, i) => sum + value * (b[i] as number), 0)),
      );
      const logDet = logDeterminant(cholesky(packSymmetric(gram), gram.length), gram.length);
      return Math.min(1, Math.exp(logDet / gram.length));
    },
  };
}

/** The levels at which each of an effect's columns is +1, in the order of `effectColumns`. */
function columnLevels(
  factors: readonly FactorDefinition[],
  effect: EffectFactors,
  names: readonly string[],
): { effect: string; levels: Record<string, Level> }[] {
  let combinations: [string, Level][][] = [[]];
  for (const i of effect) {
    const { name, levels } = factors[i] as FactorDefinition;
    combinations = combinations.flatMap((each) =>
      levels.slice(1).map((level): [string, Level][] => [...each, [name, level]]),
    );
  }
  return combinations.map((each) => ({
    effect: effectName(effect, names),
    levels: Object.fromEntries(each),
  }));
}

/**
 * Runs without repetitions, and the share each had.
 * @param runs  level indexes, some of them perhaps repeated
 * @returns different runs in order of first appearance, and their shares
 */
export function mergeRuns(runs: readonly (readonly number[])[]): {
  runs: (readonly number[])[];
  weights: number[];
} {
  const found = new Map<string, { run: readonly number[]; count: number }>();
  for (const run of runs) {
    const known = found.get(run.join());
    if (known) known.count += 1;
    else found.set(run.join(), { run, count: 1 });
  }
  const merged = [...found.values()];
  return { runs: merged.map(({ run }) => run), weights: merged.map(({ count }) => count / runs.length) };
}
