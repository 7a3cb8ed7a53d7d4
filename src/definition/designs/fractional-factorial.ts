import type { FactorDefinition } from "../../core/definition.js";
import { powerOfTwo } from "../../core/powers.js";
import {
  aliased_effect,
  bad_generator,
  ExperimentError,
  errorOf,
  no_such_size,
  not_two_levels,
  type Problem,
  problem,
  too_many_factors,
  wrong_type,
} from "../../errors/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";
import { isRecord } from "../checks.js";
import type { Aliasing } from "./aliasing.js";
import { bitCount } from "./bit-count.js";
import { createDesign, type Design } from "./design.js";
import { effectName, parseEffect } from "./effects.js";
import { allRuns, type Factors, factorList } from "./factors.js";
import { smallAberrationGenerators } from "./generator-search.js";
import { productOf, regularAliasing, type SignedWord } from "./regular-aliasing.js";

const mostFactors = 24;

const runsFields = { runs: { kind: "anything" } } as const satisfies FieldsFor<{ readonly runs: number }>;

/** A generated factor and the base factors whose product it is. */
interface Generator {
  readonly factor: number;
  readonly product: readonly number[];
  readonly sign: 1 | -1;
}

/** Refuses factors that do not have two levels. */
export function requireTwoLevels(factors: readonly FactorDefinition[]): void {
  const wrong = factors.filter(({ levels }) => levels.length !== 2);
  if (wrong.length > 0)
    throw errorOf(wrong.map(({ name, levels }) => problem({ not_two_levels }, ["factors", name], levels)));
}

function parseGenerator(text: unknown, names: readonly string[], index: number): Generator | Problem {
  const path = ["generators", index];
  const [left, right, ...more] = String(text).split("=");
  if (typeof text !== "string" || right === undefined || more.length > 0)
    return problem({ bad_generator }, path, text);
  const [, minus, word] = /^\s*([-−]?)(.*)$/s.exec(right) as unknown as [string, string, string];
  const factor = parseEffect(left, names, path);
  const product = parseEffect(word, names, path);
  if ("code" in factor) return factor;
  if ("code" in product) return product;
  if (factor.length !== 1 || product.length < 2) return problem({ bad_generator }, path, text);
  return { factor: factor[0] as number, product, sign: minus ? -1 : 1 };
}

function readGenerators(generators: unknown, names: readonly string[]): Generator[] {
  if (!Array.isArray(generators) || generators.length === 0)
    throw new ExperimentError({ wrong_type }, ["generators"], generators, {
      expected: { type: ["list", "object"] },
    });
  const parsed = generators.map((text, i) => parseGenerator(text, names, i));
  const problems = parsed.filter((each): each is Problem => "code" in each);
  if (problems.length > 0) throw errorOf(problems);
  const good = parsed as Generator[];
  const made = good.map(({ factor }) => factor);
  good.forEach(({ factor, product }, i) => {
    if (made.indexOf(factor) < i || product.some((each) => made.includes(each)))
      problems.push(problem({ bad_generator }, ["generators", i], generators[i]));
  });
  if (problems.length > 0) throw errorOf(problems);
  return good;
}

/** Generators in factor names for a number of runs; the first factors are the base. */
function searchedGenerators(runs: unknown, names: readonly string[]): string[] {
  const base = typeof runs === "number" ? Math.log2(runs) : Number.NaN;
  const generated = names.length - base;
  if (!Number.isInteger(base) || base > 9 || generated < 1 || generated > powerOfTwo(base) - 1 - base) {
    const least = Math.ceil(Math.log2(names.length + 1));
    const most = Math.min(9, names.length - 1);
    const known = Array.from({ length: Math.max(0, most - least + 1) }, (_, i) => `${powerOfTwo(least + i)}`);
    throw new ExperimentError({ no_such_size }, ["generators", "runs"], runs, { known });
  }
  return smallAberrationGenerators(base, generated).map((mask, i) => {
    const product = names.filter((_, bit) => bit < base && (mask >> bit) & 1);
    return `${names[base + i]}=${product.join(":")}`;
  });
}

/**
 * A regular fraction of a two-level factorial. First levels are coded -1, second levels +1.
 * @param factors     two levels each, at most 24 factors
 * @param generators  each makes a factor the product of base factors: `"price=hero:cta:channel"`, `"price=-hero:cta"`,
 *                    or by letters in the factors' order, `"D=ABC"`; or `{ runs }`, a power of two up to 512, for generators with
 *                    few short words, which a search finds (those of the usual tables up to 32 runs)
 * @returns a design of 2^(factors - generators) combinations with its defining relation
 * @throws ExperimentError with every problem of the factors; `not_two_levels` at ["factors", name]; `wrong_type`,
 *         `bad_generator`, `unknown_factor` and `aliased_effect` (two factors become one) at ["generators", …];
 *         `no_such_size` at ["generators", "runs"]; `unknown_key` at ["generators", …]; `too_many_factors`, `too_many_runs` at ["factors"]
 */
export function fractionalFactorial<const F extends Factors>(
  factors: F,
  generators: readonly string[] | { readonly runs: number },
): Design<F> {
  const list = factorList(factors);
  requireTwoLevels(list);
  const names = list.map(({ name }) => name);
  if (names.length > mostFactors)
    throw new ExperimentError({ too_many_factors }, ["factors"], names.length, {
      expected: { atMost: mostFactors },
    });
  if (isRecord(generators)) checkFields(generators, runsFields, ["generators"]);
  const given = isRecord(generators) ? searchedGenerators(generators.runs, names) : generators;
  const made = readGenerators(given, names);
  const { words, base } = wordsOf(made, names);
  const runs = allRuns(base.map((i) => list[i] as FactorDefinition)).map((run) => {
    const low = base.reduce((mask, _, bit) => (run[bit] === 0 ? mask | (1 << bit) : mask), 0);
    return words.map(({ mask, sign }) => ((bitCount(mask & low) % 2 === 0 ? sign : -sign) > 0 ? 1 : 0));
  });
  return createDesign({
    record: {
      kind: "fractional_factorial",
      generators: made.map(
        ({ factor, product, sign }) => `${names[factor]}=${sign < 0 ? "-" : ""}${effectName(product, names)}`,
      ),
    },
    factors: list,
    runs,
    weights: runs.map(() => 1 / runs.length),
    aliasing: fractionAliasing(given as readonly string[], names),
  });
}

/**
 * Aliasing of the fraction that generators make.
 * @param generators  as {@link fractionalFactorial} takes them
 * @param names       the factors' names
 * @returns the aliasing
 * @throws ExperimentError `wrong_type`, `bad_generator`, `unknown_factor`, `aliased_effect` at ["generators", …]
 */
export function fractionAliasing(generators: readonly string[], names: readonly string[]): Aliasing {
  const made = readGenerators(generators, names);
  return regularAliasing(
    wordsOf(made, names).words,
    made.map(({ factor }) => factor),
  );
}

function wordsOf(
  generators: readonly Generator[],
  names: readonly string[],
): { words: SignedWord[]; base: number[] } {
  const made = new Map(generators.map((each) => [each.factor, each]));
  const base = names.map((_, i) => i).filter((i) => !made.has(i));
  const words = names.map(
    (_, i): SignedWord => ({ mask: powerOfTwo(Math.max(0, base.indexOf(i))), sign: 1 }),
  );
  const problems: Problem[] = [];
  generators.forEach(({ factor, product, sign }, g) => {
    const plain = productOf(product, words);
    words[factor] = { mask: plain.mask, sign };
    const twin = generators.findIndex(
      (other, i) => i < g && (words[other.factor] as SignedWord).mask === plain.mask,
    );
    if (twin >= 0) {
      const other = (generators[twin] as Generator).factor;
      problems.push(problem({ aliased_effect }, ["generators", g], names[factor], { other: names[other] }));
    }
  });
  if (problems.length > 0) throw errorOf(problems);
  return { words, base };
}
