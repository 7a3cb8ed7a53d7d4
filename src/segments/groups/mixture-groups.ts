import type { Condition } from "../../core/condition.js";
import { cube, square } from "../../core/powers.js";
import {
  ExperimentError,
  insufficient_data,
  refuseType,
  requireList,
  requireMethod,
  requireNumber,
  wrong_length,
} from "../../errors/index.js";
import type { RandomSource } from "../../random/index.js";
import { checkFields, type FieldsFor, isPlainObject } from "../../shapes/index.js";
import { floatAt } from "../number-at.js";
import { chosenMixture, likeliest, type Points } from "./gaussian-mixture.js";
import { isIn, labelTree, leafCondition, type TreeColumn } from "./label-tree.js";
import { groupedUnits, type UnitGroups } from "./unit-groups.js";

/** Options of {@link mixtureGroups}. */
export interface MixtureOptions {
  /** Chooses units and starts: same source, same groups. */
  readonly random: RandomSource;
  /** Groups, at most; 2 to 12, default 6. */
  readonly most?: number;
}

/** Groups of units that are alike, and how well conditions tell them. */
export interface MixtureGroups extends UnitGroups {
  /** Components of the mixture: what the units speak for, before conditions are made of it. */
  readonly components: number;
  /** Share of the fitted units whose group is the likeliest component. */
  readonly agreement: number;
}

const optionFields = {
  random: { kind: "anything" },
  most: { kind: "number", whole: true, atLeast: 2, atMost: 12, optional: true },
} as const satisfies FieldsFor<MixtureOptions>;

/** Units that a mixture is fitted to, at most. */
const mostFitted = 10_000;
const fewest = 100;

function lengthOf(list: unknown, path: readonly string[]): number {
  requireList(list, path);
  return list.length;
}

/** Numbers of one attribute, NaN where unknown. */
function numbersOf(attribute: string, list: readonly (number | null)[], length: number): Float64Array {
  const own = lengthOf(list, ["attributes", attribute]);
  if (own !== length)
    throw new ExperimentError({ wrong_length }, ["attributes", attribute], own, {
      expected: { atLeast: length, atMost: length },
    });
  return Float64Array.from(list, (value, i) => {
    if (value === null || Number.isNaN(value)) return Number.NaN;
    requireNumber(value, ["attributes", attribute, i]);
    return value;
  });
}

/** Mean 0 and variance 1; logarithms first, of what is never negative and far skewed. */
function standardized(values: Float64Array): Float64Array | undefined {
  const moments = (some: Float64Array) => {
    const known = some.filter((value) => !Number.isNaN(value));
    const mean = known.reduce((sum, each) => sum + each, 0) / known.length;
    let [m2, m3] = [0, 0];
    for (const each of known) {
      m2 += square(each - mean);
      m3 += cube(each - mean);
    }
    const variance = m2 / known.length;
    return { mean, variance, skewness: m3 / known.length / variance / Math.sqrt(variance) };
  };
  const first = moments(values);
  const isLog = first.skewness > 1 && values.every((value) => !(value < 0));
  const told = isLog ? values.map(Math.log1p) : values;
  const { mean, variance } = isLog ? moments(told) : first;
  return variance > 0 ? told.map((value) => (value - mean) / Math.sqrt(variance)) : undefined;
}

/**
 * Groups of units that are alike in numbers: a mixture of normal distributions finds them, its number of components chosen by the
 * integrated completed likelihood, and a short tree of tests tells them, so that a definition can name them. They know nothing of
 * outcomes: give them to `discoverSegments` among the attributes, and hear whether they are worth anything.
 * @param attributes  by name, a number per unit, null where unknown; what never varies has no part
 * @param options     a random source; the most groups
 * @returns groups of all units; where components overlap, conditions tell them in part only, which `agreement` says
 * @throws ExperimentError `insufficient_data` below 100 units, `wrong_type`, `wrong_length`,
 *   `not_finite` or `out_of_range` at what cannot be read
 * @example
 * const random = randomSource("groups");
 * const often = Array.from({ length: 600 }, (_, i) => (i % 3 ? 2 : 20) + random.next() + random.next() + random.next());
 * const { groups, segments } = mixtureGroups({ visits: often }, { random });
 * groups.map(({ units }) => units); // [400, 200]
 * Object.keys(segments); // ["group 1", "group 2"]
 * @source Fraley & Raftery (2002), JASA 97
 */
export function mixtureGroups(
  attributes: Readonly<Record<string, readonly (number | null)[]>>,
  options: MixtureOptions,
): MixtureGroups {
  if (!isPlainObject(attributes)) refuseType(attributes, ["attributes"], "object");
  checkFields(options, optionFields, ["options"]);
  const { random, most = 6 } = options;
  requireMethod(random, ["options", "random"], "next");
  const names = Object.keys(attributes).sort();
  const [first] = names;
  const n = first === undefined ? 0 : lengthOf(attributes[first], ["attributes", first]);
  const columns = names.map(
    (attribute): TreeColumn => ({
      attribute,
      values: numbersOf(attribute, attributes[attribute] ?? [], n),
    }),
  );
  if (n < fewest)
    throw new ExperimentError({ insufficient_data }, ["attributes"], n, { expected: { atLeast: fewest } });
  const usable = columns.flatMap((column) => {
    const values = standardized(column.values);
    return values ? [{ column, values }] : [];
  });
  const size = usable.length;
  // Of many units, some, evenly.
  const step = Math.ceil(n / mostFitted);
  const some = Math.ceil(n / step);
  const told = new Float64Array(some * size);
  for (const [j, { values }] of usable.entries())
    for (let i = 0; i < some; i++) told[i * size + j] = floatAt(values, i * step);
  const points: Points = { values: told, count: some, size };
  const mixture = chosenMixture(points, most, random);
  const components = mixture.weights.length;
  const labels = likeliest(points, mixture);
  const asked = usable.map(({ column }) => column);
  const fitted = asked.map((column) => ({
    ...column,
    values: step === 1 ? column.values : column.values.filter((_, i) => i % step === 0),
  }));
  const leaves = labelTree(fitted, labels, {
    ...{ kinds: components, leaves: 2 * components, least: Math.max(10, some / 200) },
  });
  const place = new Uint8Array(n);
  const sizes = new Float64Array(components);
  for (let i = 0; i < n; i++) {
    const label = leaves.find((leaf) => isIn(leaf, asked, i))?.label ?? 0;
    place[i] = label;
    sizes[label] = floatAt(sizes, label) + 1;
  }
  const order = [...sizes.keys()].sort((a, b) => floatAt(sizes, b) - floatAt(sizes, a));
  const nameOf = (label: number) => `group ${order.indexOf(label) + 1}`;
  const conditions = new Map<string, readonly Condition[]>();
  for (const leaf of leaves) {
    const [name, condition] = [nameOf(leaf.label), leafCondition(leaf, asked)];
    conditions.set(name, [...(conditions.get(name) ?? []), ...(condition ? [condition] : [])]);
  }
  const whom = (name: string): Condition => {
    const [only, ...others] = conditions.get(name) ?? [];
    // One group is everyone.
    if (!only)
      return {
        any: [
          { attribute: names[0] ?? "", exists: true },
          { attribute: names[0] ?? "", exists: false },
        ],
      };
    return others.length === 0 ? only : { any: [only, ...others] };
  };
  const of = Array.from(place, nameOf);
  const agreed = labels.reduce((sum, label, i) => sum + (label === place[i * step] ? 1 : 0), 0);
  return { ...groupedUnits(of, attributes, whom), components, agreement: agreed / some };
}
