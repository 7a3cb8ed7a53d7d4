import type { Estimate } from "../../core/estimate.js";
import type { RandomSource } from "../../random/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";
import {
  type CalibrationFigure,
  type CalibrationWorld,
  methodFields,
  worldFields,
} from "./calibration-world.js";
import { TallyBuilder } from "./tally.js";

/** An interval under test: how it is computed from a drawn experiment, and its bar. */
export interface IntervalMethod<Sample> extends Omit<CalibrationFigure, "measure"> {
  /** What it estimates, where that is not the world's truth. */
  readonly truth?: number;
  estimate(sample: Sample, random: RandomSource): Estimate;
}

const coverageFields = {
  ...worldFields,
  truth: { kind: "number" },
  draw: { kind: "function" },
  methods: {
    kind: "list",
    of: {
      kind: "object",
      has: {
        ...methodFields,
        truth: { kind: "number", optional: true },
        estimate: { kind: "function" },
      } satisfies FieldsFor<IntervalMethod<unknown>>,
    },
  },
} as const satisfies FieldsFor<Parameters<typeof coverageWorld>[0]>;

/** Where the truth lies for one confidence set. */
export type Covering = "covered" | "left" | "right" | "none";

/**
 * Whether a confidence set contains the truth. Everything-but-an-interval and the whole line are sets like any
 * other; an estimate without a set covers nothing.
 * @param estimate  what the method returned
 * @param truth     the true value
 * @returns `left`: the truth lies below the set; `right`: above (or in the gap of a complement, by the nearer
 *          side); `none`: there is no set
 */
export function covering(estimate: Estimate, truth: number): Covering {
  if (estimate.status === "ok") {
    if (truth < estimate.interval[0]) return "left";
    return truth > estimate.interval[1] ? "right" : "covered";
  }
  if (estimate.status !== "unbounded") return "none";
  const gap = estimate.complement;
  if (gap === undefined || truth <= gap[0] || truth >= gap[1]) return "covered";
  return truth - gap[0] < gap[1] - truth ? "right" : "left";
}

/**
 * A world in which confidence intervals are held against the truth.
 * @param world  key, group, title and truth; `draw` makes one experiment's data, which all methods see
 * @returns the world with one coverage figure a method; misses are counted by side, sets that are not an interval as
 *          `unbounded`, missing ones as `none`, flags by name
 * @throws ExperimentError with every problem of the world: `unknown_key`, `missing_value`, `wrong_type`, `out_of_range`
 */
export function coverageWorld<Sample>(world: {
  readonly key: string;
  readonly group: string;
  readonly title: string;
  readonly truth: number;
  readonly replications?: number;
  readonly draw: (random: RandomSource) => Sample;
  readonly methods: readonly IntervalMethod<Sample>[];
}): CalibrationWorld {
  checkFields(world, coverageFields);
  const { truth, draw, methods, ...named } = world;
  return {
    ...named,
    figures: methods.map(({ estimate: _, truth: __, ...figure }) => ({ ...figure, measure: "coverage" })),
    simulate(random, replications) {
      const builders = methods.map(() => new TallyBuilder());
      for (let i = 0; i < replications; i++) {
        const sample = draw(random);
        methods.forEach((method, j) => {
          const builder = builders[j] as TallyBuilder;
          const estimate = method.estimate(sample, random);
          const where = covering(estimate, method.truth ?? truth);
          builder.add(where === "covered" ? 1 : 0);
          if (where !== "covered") builder.count(where);
          if (estimate.status === "unbounded") builder.count("unbounded");
          if (estimate.status === "ok") for (const flag of estimate.flags ?? []) builder.count(flag);
        });
      }
      return builders.map((builder) => builder.tally());
    },
  };
}
