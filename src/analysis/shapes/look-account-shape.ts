import type { FieldsFor } from "../../shapes/index.js";
import { lookRules } from "../../stats/looks/index.js";
import type { Course, CourseLook, CoursePoint } from "../looks/course.js";
import type { LookAccount } from "../looks/look-account.js";
import { lookHistoryFields } from "../looks/look-history.js";
import {
  amount,
  contrast,
  count,
  flag,
  listOf,
  number,
  optional,
  probability,
  text,
} from "./common-shapes.js";

const courseLook = {
  state: { kind: "word", of: ["taken", "assumed", "planned"] },
  ...{ units: count, fraction: amount },
  ...{ gain: optional(number), harm: optional(number), futility: optional(number) },
  spent: probability,
} as const satisfies FieldsFor<CourseLook>;
const coursePoint = {
  units: count,
  fraction: amount,
  deviate: number,
} as const satisfies FieldsFor<CoursePoint>;
const course = {
  metric: text,
  tests: { kind: "object", has: { gains: count, harms: count } },
  looks: listOf(courseLook),
  paths: listOf({ contrast, points: listOf(coursePoint) }),
} as const satisfies FieldsFor<Course>;

/** How often results are looked at, and where this look stands. */
export const lookAccount = {
  rule: { kind: "word", of: Object.keys(lookRules) },
  stated: flag,
  look: { ...count, optional: true },
  most: { ...count, optional: true },
  units: count,
  planned: { ...amount, optional: true },
  nominal: probability,
  spent: { ...probability, optional: true },
  futility: {
    kind: "object",
    has: { below: { ...number, optional: true }, binding: flag, power: probability },
    optional: true,
  },
  believing: {
    kind: "object",
    has: {
      prior: { kind: "object", has: { mean: number, standardDeviation: amount } },
      loss: amount,
    },
    optional: true,
  },
  falseChoices: {
    kind: "object",
    has: { looks: count, ship: probability, stop: probability },
    optional: true,
  },
  course: { kind: "object", has: course, optional: true },
  history: { kind: "object", has: lookHistoryFields, optional: true },
} as const satisfies FieldsFor<LookAccount>;
