import type { FieldsFor } from "../../shapes/index.js";
import type {
  ArmBelief,
  ArmEffect,
  BanditRun,
  BeliefView,
  KnownRegret,
  LearnedRun,
  PlayedArm,
  RunPeriod,
  SegmentPlay,
} from "../bandit-run/run.js";
import {
  amount,
  bounds,
  count,
  estimate,
  level,
  levels,
  number,
  numbers,
  optional,
  orNull,
  probabilities,
  probability,
  quantity,
  text,
  texts,
  words,
} from "./common-shapes.js";
import { servedCheck } from "./finding-shapes.js";

const knownRegret = { regret: number, uniform: number } as const satisfies FieldsFor<KnownRegret>;
const known = { kind: "object", has: knownRegret, optional: true } as const;

const arm = {
  arm: text,
  action: levels,
  decisions: count,
  share: probability,
  rewards: count,
  mean: orNull(number),
} as const satisfies FieldsFor<PlayedArm>;

const period = {
  from: text,
  to: text,
  decisions: count,
  rewards: count,
  mean: orNull(number),
  served: orNull(probabilities),
  recorded: orNull(probabilities),
  gain: estimate,
  known,
} as const satisfies FieldsFor<RunPeriod>;

const effect = {
  arm: text,
  fixed: estimate,
  anytime: estimate,
  mixture: optional(estimate),
} as const satisfies FieldsFor<ArmEffect>;

const learned = {
  fields: texts,
  single: text,
  differs: probability,
  value: estimate,
  overSingle: estimate,
} as const satisfies FieldsFor<LearnedRun>;

const segmentLevel = {
  level: words,
  decisions: count,
  rewards: count,
  mean: orNull(number),
  served: probabilities,
  effects: { kind: "list", of: { kind: "object", has: effect } },
  readableShare: probability,
} as const satisfies FieldsFor<SegmentPlay>;

const armBelief = {
  arm: text,
  probability,
  best: probability,
  mean: number,
  sd: orNull(amount),
  interval: bounds,
  contributions: { kind: "map", of: number, optional: true },
  density: optional(numbers),
} as const satisfies FieldsFor<ArmBelief>;

const belief = {
  cell: levels,
  contexts: count,
  grid: numbers,
  arms: { kind: "list", of: { kind: "object", has: armBelief } },
} as const satisfies FieldsFor<BeliefView>;

const segment = {
  field: words,
  levels: { kind: "list", of: { kind: "object", has: segmentLevel } },
} as const;

/** Keys of a report's `bandit` section. */
export const banditRunFields = {
  experiment: text,
  policies: texts,
  arms: { kind: "list", of: { kind: "object", has: arm }, atLeast: 1 },
  control: text,
  decisions: count,
  units: count,
  rewards: count,
  pending: count,
  repeated: count,
  from: text,
  to: text,
  level,
  quantity,
  periods: { kind: "list", of: { kind: "object", has: period }, atLeast: 1 },
  served: servedCheck,
  gain: estimate,
  effects: { kind: "list", of: { kind: "object", has: effect } },
  readableShare: probability,
  learned: { kind: "object", has: learned, optional: true },
  known,
  segments: { kind: "list", of: { kind: "object", has: segment } },
  beliefs: { kind: "list", of: { kind: "object", has: belief } },
} as const satisfies FieldsFor<BanditRun>;
