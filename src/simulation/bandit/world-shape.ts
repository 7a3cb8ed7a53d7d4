import type { FieldsFor } from "../../shapes/index.js";
import type { Arrivals, BanditWorld, Season } from "./bandit-world.js";
import { delayShape } from "./delays.js";
import { driftShape } from "./drifts.js";
import { rewardShape } from "./reward-laws.js";
import { whenShape } from "./when.js";

const number = { kind: "number" } as const;
const positive = { kind: "number", above: 0 } as const;
const weight = { kind: "number", atLeast: 0, atMost: 1e9 } as const;
const times = <S>(of: S, length: number) =>
  ({ kind: "tuple", of: Array.from({ length }, () => of), optional: true }) as const;

const seasonFields = {
  hours: times(number, 24),
  weekdays: times(number, 7),
  when: { ...whenShape, optional: true },
} as const satisfies FieldsFor<Season>;

const arrivalFields = {
  // Fewer than one a thousand days: the next one would be looked for in vain.
  perDay: { kind: "number", atLeast: 0.001, atMost: 1e9, optional: true },
  hours: times(weight, 24),
  weekdays: times(weight, 7),
} as const satisfies FieldsFor<Arrivals>;

/** What a world may be; which arms, levels and segments it may name, `worldProblems` knows. */
export const worldFields = {
  reward: { ...rewardShape, optional: true },
  base: { ...number, optional: true },
  arms: {
    kind: "map",
    of: { kind: "either", of: [number, { kind: "map", of: number }] },
    optional: true,
  },
  effects: {
    kind: "list",
    of: { kind: "object", has: { when: whenShape, by: number } },
    optional: true,
  },
  segments: {
    kind: "object",
    has: { field: { kind: "text" }, shares: { kind: "map", of: positive } },
    optional: true,
  },
  drift: { kind: "list", of: driftShape, optional: true },
  seasons: { kind: "list", of: { kind: "object", has: seasonFields }, optional: true },
  arrivals: { kind: "object", has: arrivalFields, optional: true },
  delay: { ...delayShape, optional: true },
} as const satisfies FieldsFor<BanditWorld>;
