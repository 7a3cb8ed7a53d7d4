import type { RandomSource } from "../../random/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";
import {
  type CalibrationFigure,
  type CalibrationWorld,
  methodFields,
  worldFields,
} from "./calibration-world.js";
import { TallyBuilder } from "./tally.js";

/** A test under test: its p-value for a drawn experiment, and its bar. */
export interface TestMethod<Sample> extends Omit<CalibrationFigure, "measure"> {
  /** The p-value, or null where the data allow none (which rejects nothing). */
  pValue(sample: Sample, random: RandomSource): number | null;
}

const rejectionFields = {
  ...worldFields,
  alpha: { kind: "number", above: 0, below: 1, optional: true },
  draw: { kind: "function" },
  methods: {
    kind: "list",
    of: {
      kind: "object",
      has: { ...methodFields, pValue: { kind: "function" } } satisfies FieldsFor<TestMethod<unknown>>,
    },
  },
} as const satisfies FieldsFor<Parameters<typeof rejectionWorld>[0]>;

/**
 * A world in which tests are asked how often they reject: the null's share is the type-I error.
 * @param world  key, group, title; `alpha`, default 0.05; `draw` makes one experiment's data, which all tests see
 * @returns the world with one rejection figure a test; experiments without a p-value are counted as `none`
 * @throws ExperimentError with every problem of the world: `unknown_key`, `missing_value`, `wrong_type`, `out_of_range`
 */
export function rejectionWorld<Sample>(world: {
  readonly key: string;
  readonly group: string;
  readonly title: string;
  readonly alpha?: number;
  readonly replications?: number;
  readonly draw: (random: RandomSource) => Sample;
  readonly methods: readonly TestMethod<Sample>[];
}): CalibrationWorld {
  checkFields(world, rejectionFields);
  const { alpha = 0.05, draw, methods, ...named } = world;
  return {
    ...named,
    figures: methods.map(({ pValue: _, ...figure }) => ({ ...figure, measure: "rejection" })),
    simulate(random, replications) {
      const builders = methods.map(() => new TallyBuilder());
      for (let i = 0; i < replications; i++) {
        const sample = draw(random);
        methods.forEach((method, j) => {
          const builder = builders[j] as TallyBuilder;
          const p = method.pValue(sample, random);
          builder.add(p !== null && p <= alpha ? 1 : 0);
          if (p === null) builder.count("none");
        });
      }
      return builders.map((builder) => builder.tally());
    },
  };
}
