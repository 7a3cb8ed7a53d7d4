import type { Catalogue, Holdout } from "../core/catalogue.js";
import type {
  Definition,
  DesignRecord,
  FactorDefinition,
  LayerSlot,
  PointRange,
  Prerequisite,
  Rule,
  Schedule,
  VariantDefinition,
} from "../core/definition.js";
import type { Plan } from "../core/plan.js";
import { POINTS } from "../core/points.js";
import { metricInputShape, metricShape } from "../metrics/settings/index.js";
import type { Fields, FieldsFor, Shape } from "../shapes/index.js";
import { correctionNames, decisionCorrectionNames } from "../stats/corrections/correction-names.js";
import { looksFields } from "../stats/looks/looks-fields.js";
import { attributeTypes, condition } from "./condition-shape.js";

const text = { kind: "text" } as const;
const perhaps = { kind: "text", optional: true } as const;
const fraction = { kind: "number", atLeast: 0, atMost: 1 } as const;
const within = { kind: "number", above: 0, below: 1 } as const;
const point = { kind: "number", whole: true, atLeast: 0, atMost: POINTS } as const;
const correction = { kind: "word", of: correctionNames } as const;
const decisive = { kind: "word", of: decisionCorrectionNames } as const;
const level = {
  kind: "either",
  of: [{ kind: "text", empty: true }, { kind: "number" }, { kind: "flag" }, { kind: "null" }],
} as const;
const levels = { kind: "list", of: level } as const;
const listOf = <const F extends Fields>(has: F) => ({ kind: "list", of: { kind: "object", has } }) as const;
const optional = <const S extends Shape>(shape: S) => ({ ...shape, optional: true }) as const;

const variants = listOf({
  key: text,
  payload: { kind: "json" },
} as const satisfies FieldsFor<VariantDefinition>);
const ranges = listOf({ from: point, to: point, variant: text } as const satisfies FieldsFor<PointRange>);
const plan = {
  level: within,
  macro: decisive,
  micro: correction,
  strict: { kind: "flag", optional: true },
  ...looksFields,
  units: { kind: "number", above: 0, optional: true },
  prior: {
    kind: "object",
    has: { mean: { kind: "number" }, standardDeviation: { kind: "number", above: 0 } },
    optional: true,
  },
  loss: { kind: "number", above: 0, optional: true },
  power: optional(within),
} as const satisfies FieldsFor<Plan>;
const rule = {
  key: text,
  when: condition,
  variant: text,
  holdback: within,
} as const satisfies FieldsFor<Rule>;
const layer = {
  key: text,
  ranges: { kind: "list", of: { kind: "tuple", of: [point, point] } },
} as const satisfies FieldsFor<LayerSlot>;
const prerequisite = {
  experiment: text,
  variants: { kind: "list", of: text, optional: true },
} as const satisfies FieldsFor<Prerequisite>;
const schedule = { from: perhaps, until: perhaps } as const satisfies FieldsFor<Schedule>;
const factors = listOf({ name: text, levels } as const satisfies FieldsFor<FactorDefinition>);
const design = {
  kind: text,
  generators: { kind: "list", of: text, optional: true },
  array: perhaps,
  effects: { kind: "list", of: text, optional: true },
} as const satisfies FieldsFor<DesignRecord>;
const segments = { kind: "map", of: condition, optional: true } as const;
const rules = { kind: "list", of: { kind: "object", has: rule }, atMost: 100, optional: true } as const;

/** Every key that a definition may have. */
export const definitionFields = {
  format: { kind: "word", of: ["essai.experiment/1"], format: true },
  key: text,
  version: { kind: "number", whole: true, atLeast: 1 },
  salt: { kind: "text", empty: true },
  hash: { kind: "word", of: ["murmur3-1"], format: true },
  unit: text,
  control: text,
  variants,
  ranges,
  allocation: { kind: "word", of: ["unknown"], optional: true },
  coverage: fraction,
  policy: text,
  metrics: { kind: "list", of: metricShape },
  plan: { kind: "object", has: plan },
  attributes: {
    kind: "map",
    of: {
      kind: "either",
      of: [
        { kind: "word", of: attributeTypes },
        { ...levels, of: text, atLeast: 1 },
      ],
    },
    optional: true,
  },
  segments,
  audience: optional(condition),
  rules,
  ruleOrder: { kind: "word", of: ["disjoint", "first"], optional: true },
  layer: { kind: "object", has: layer, optional: true },
  prerequisites: { kind: "list", of: { kind: "object", has: prerequisite }, optional: true },
  schedule: { kind: "object", has: schedule, optional: true },
  status: { kind: "word", of: ["draft", "running", "paused", "stopped"], optional: true },
  rollout: perhaps,
  overrides: optional(listOf({ unitId: text, variant: text })),
  factors: optional(factors),
  design: { kind: "object", has: design, optional: true },
} as const satisfies FieldsFor<Definition>;

/** A definition, `essai.experiment/1`; what its parts mean to each other is checked besides. */
export const definitionShape: Shape = { kind: "object", has: definitionFields };

const { format, version, salt, hash, control, coverage, policy } = definitionFields;

/** What a person writes of an experiment: a definition with defaults, its variants by name, `allocation` for `ranges`. */
export const experimentFields: Fields = {
  /** For editors; no part of the definition. */
  $schema: perhaps,
  ...definitionFields,
  format: optional(format),
  version: optional(version),
  salt: optional(salt),
  hash: optional(hash),
  control: optional(control),
  variants: { kind: "either", of: [{ kind: "map", of: { kind: "json" } }, variants], optional: true },
  ranges: optional(ranges),
  allocation: {
    kind: "either",
    of: [
      { kind: "map", of: fraction },
      { kind: "word", of: ["unknown"] },
    ],
    optional: true,
  },
  coverage: optional(coverage),
  policy: optional(policy),
  metrics: { kind: "list", of: metricInputShape, optional: true },
  plan: {
    kind: "object",
    has: { ...plan, level: optional(within), macro: optional(decisive), micro: optional(correction) },
    optional: true,
  },
  rules: {
    ...rules,
    of: { kind: "object", has: { ...rule, holdback: optional(within) } },
  },
  factors: { kind: "either", of: [{ kind: "map", of: levels }, factors], optional: true },
};

const holdout = {
  key: text,
  share: within,
  unit: text,
  layer: perhaps,
} as const satisfies FieldsFor<Holdout>;

/** A catalogue, `essai.catalogue/1`. */
export const catalogueFields = {
  /** For editors; no part of the catalogue. */
  $schema: perhaps,
  format: { kind: "word", of: ["essai.catalogue/1"], format: true, optional: true },
  /** Definitions, or what people write of them. */
  experiments: { kind: "list", of: { kind: "object", has: experimentFields } },
  segments,
  holdouts: optional(listOf(holdout)),
} as const satisfies FieldsFor<Omit<Catalogue, "experiments">> & Fields;
