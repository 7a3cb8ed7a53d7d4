import type { Condition } from "../core/condition.js";
import { POINTS } from "../core/points.js";
import {
  conditionReader,
  instant,
  needsOne,
  type Predicate,
  several,
} from "../definition/compile-condition.js";
import {
  between,
  fields,
  given,
  list,
  object,
  type Place,
  type Reader,
  refuse,
  share,
  string,
  text,
  word,
} from "../shapes/reader.js";

/** A variant with the share of the points that are its own. */
export interface Arm {
  readonly key: string;
  readonly payload: unknown;
  share: number;
}

/** A range: where it begins, in [0, 1], and whose it is. */
export interface Slot {
  readonly from: number;
  readonly variant: Arm;
}

type Segments = { readonly [name: string]: Condition };

/** Reads what a catalogue holds out. */
export const readHoldouts = list(fields({ key: text, share, unit: text }, { layer: text }));

/** A rule whose condition was compiled. */
export interface ReadRule {
  readonly key: string;
  readonly when: Predicate;
  readonly variant: Arm;
  readonly holdback: number;
}

/** A definition of which every part was checked, and what could be compiled is. */
export type ReadExperiment = ReturnType<ReturnType<typeof experimentReader>>;

/**
 * Makes the reader of a catalogue's experiments, one after the other.
 * @param shared  the conditions that the catalogue names
 * @returns the reader; it throws `invalid_argument` for whatever would be ignored, or fail for some units only
 */
export function experimentReader(shared: Segments | undefined) {
  // Of the experiment that is being read: what its later parts refer to.
  let arms: Map<string, Arm>;
  let end: number;
  let condition: Reader<Predicate>;

  const when: Reader<Predicate> = (value, place) => condition(value, place);
  const arm: Reader<Arm> = (key, place) => arms.get(key) ?? refuse(key, place, { known: [...arms.keys()] });
  const variants = several(fields({ key: text, payload: given }));
  const range = fields({
    from: (from, place) => between(from, place, end, end),
    to: (to, place) => (end = between(to, place, end, POINTS)),
    variant: arm,
  });
  const slots = list((value, place): Slot => {
    const { from, to, variant } = range(value, place);
    variant.share += (to - from) / POINTS;
    return { from: from / POINTS, variant };
  });
  const span = (from: number, to: number, value: unknown, place: Place) =>
    from < to ? (at: number) => at >= from && at < to : refuse(value, place);
  const points = list((value, place) => between(value, place, 0, POINTS) / POINTS);
  const times = fields({}, { from: instant, until: instant });

  const read = fields(
    {
      format: word("essai.experiment/1"),
      hash: word("murmur3-1"),
      key: text,
      version: (version, place) => between(version, place, 1, POINTS),
      salt: string,
      unit: text,
      variants: (value, place): ReadonlyMap<unknown, Arm> =>
        // Minus zero until a range is the variant's own, be it an empty one.
        (arms = new Map(variants(value, place).map((each) => [each.key, { ...each, share: -0 }]))),
      ranges(value, place) {
        end = 0;
        const found = slots(value, place);
        for (const { key, share } of arms.values())
          if (1 / share < 0) needsOne(value, place, { [key]: share });
        between(end, [place, found.length - 1, "to"], POINTS, POINTS);
        return found;
      },
      control: arm,
      coverage: share,
      policy: text,
    },
    {
      metrics: given,
      plan: given,
      attributes: object,
      segments: object,
      factors: given,
      allocation: word("unknown"),
      design: object,
      audience: when,
      rules: list(fields({ key: text, when, variant: arm, holdback: share })),
      ruleOrder: given,
      layer: fields({
        key: text,
        ranges: list((value, place) => {
          const [from, to, more] = points(value, place);
          return span(from!, more === undefined ? to! : 0, value, place);
        }),
      }),
      prerequisites: list(fields({ experiment: text }, { variants: list(text) })),
      schedule(value: unknown, place: Place) {
        const { from = -Infinity, until = Infinity } = times(value, place);
        return span(from, until, value, place);
      },
      status: word("draft", "running", "paused", "stopped"),
      rollout: arm,
      overrides: list(fields({ unitId: text, variant: arm })),
    },
  );
  return (definition: { readonly segments?: Segments } | null | undefined, place: Place) => {
    condition = conditionReader({ ...shared, ...definition?.segments });
    return read(definition, place);
  };
}
