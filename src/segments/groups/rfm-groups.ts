import type { Condition } from "../../core/condition.js";
import { ExperimentError, requireList, requireNumber, wrong_length } from "../../errors/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";
import { cutsOf } from "../attribute.js";
import { groupedUnits, isKnown, type UnitGroups } from "./unit-groups.js";

/** What {@link rfmGroups} reads of units, as `behaviours` gives it: a value per unit, null without a purchase. */
export interface RfmAttributes {
  readonly recency_days: readonly (number | null)[];
  readonly frequency: readonly number[];
  readonly monetary: readonly number[];
}

/** Options of {@link rfmGroups}. */
export interface RfmOptions {
  /** Parts that buyers are cut into by each of the three, 2 to 5; default 3. */
  readonly parts?: number;
}

const anything = { kind: "anything" } as const;
const attributeFields = {
  ...{ recency_days: anything, frequency: anything, monetary: anything },
} as const satisfies FieldsFor<RfmAttributes>;
const optionFields = {
  parts: { kind: "number", whole: true, atLeast: 2, atMost: 5, optional: true },
} as const satisfies FieldsFor<RfmOptions>;

const names = ["recency_days", "frequency", "monetary"] as const;

function requireValues(attributes: RfmAttributes): void {
  checkFields(attributes, attributeFields, ["attributes"]);
  requireList(attributes.frequency, ["attributes", "frequency"]);
  const { length } = attributes.frequency;
  for (const name of names) {
    const list: readonly (number | null)[] = attributes[name];
    requireList(list, ["attributes", name]);
    if (list.length !== length)
      throw new ExperimentError({ wrong_length }, ["attributes", name], list.length, {
        expected: { atLeast: length, atMost: length },
      });
    for (const [i, value] of list.entries())
      if (name !== "recency_days" || value !== null) requireNumber(value, ["attributes", name, i]);
  }
}

/** The bin of a value, and the tests that say so. */
function placed(attribute: string, cuts: readonly number[], value: number) {
  let bin = 0;
  while (bin < cuts.length && value >= (cuts[bin] ?? Infinity)) bin++;
  // Buyers have bought once at least.
  const [low, high] = [cuts[bin - 1] ?? (attribute === "frequency" ? 1 : undefined), cuts[bin]];
  const test: Condition | undefined =
    low === undefined && high === undefined
      ? undefined
      : {
          attribute,
          ...(low === undefined ? {} : { gte: low }),
          ...(high === undefined ? {} : { lt: high }),
        };
  return { bin, test };
}

/**
 * Groups of buyers by recency, frequency and monetary value: each is cut into parts of about as many of these buyers, so that
 * `"R3 F1 M2"` are those who bought most lately, least often, and for a middling sum. Whoever has not bought is `"no purchase"`.
 * They are candidates, not findings: give them to `discoverSegments` among the attributes, and hear whether they are worth anything.
 * @param attributes  of `behaviours`; a unit's values in the order of the lists
 * @param options     parts to cut each of the three into
 * @returns the groups that some unit is in; where many values are equal, fewer parts
 * @throws ExperimentError `wrong_type`, `wrong_length`, `not_finite` or `out_of_range` at what cannot be read
 * @example
 * const { segments, of } = rfmGroups({
 *   recency_days: [3, 40, null], frequency: [9, 1, 0], monetary: [410, 25, 0],
 * }, { parts: 2 });
 * of; // ["R2 F2 M2", "R1 F1 M1", "no purchase"]
 * segments["no purchase"]; // { attribute: "frequency", lt: 1 }
 * @source Hughes, A. M. (1994), Strategic Database Marketing
 */
export function rfmGroups(attributes: RfmAttributes, options: RfmOptions = {}): UnitGroups {
  requireValues(attributes);
  checkFields(options, optionFields, ["options"]);
  const { parts = 3 } = options;
  const { recency_days, frequency, monetary } = attributes;
  const buys = (i: number) => (frequency[i] ?? 0) >= 1 && isKnown(recency_days[i]);
  const cuts = names.map((name) => {
    const values = attributes[name].filter((value, i): value is number => isKnown(value) && buys(i));
    return cutsOf(Float64Array.from(values).sort(), parts);
  });
  const conditions = new Map<string, Condition>([["no purchase", { attribute: "frequency", lt: 1 }]]);
  const of = frequency.map((_, i) => {
    if (!buys(i)) return "no purchase";
    const [recency, often, worth] = names.map((name, k) =>
      placed(name, cuts[k] ?? [], attributes[name][i] ?? 0),
    );
    const latest = (cuts[0]?.length ?? 0) + 1;
    const name = `R${latest - (recency?.bin ?? 0)} F${1 + (often?.bin ?? 0)} M${1 + (worth?.bin ?? 0)}`;
    if (!conditions.has(name)) {
      const tests = [recency?.test, often?.test, worth?.test].flatMap((test) => test ?? []);
      conditions.set(name, { all: tests });
    }
    return name;
  });
  return groupedUnits(
    of,
    { recency_days, frequency, monetary },
    (name) => conditions.get(name) ?? { all: [] },
  );
}
