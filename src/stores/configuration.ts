import {
  type BanditState,
  type Constraint,
  type Parts,
  pauseArm,
  resumeArm,
  withConstraints,
} from "../bandits/index.js";
import { makePart } from "../bandits/state/index.js";
import { ExperimentError, nearName, stale_configuration, unknown_action } from "../errors/index.js";
import type { Fields, FieldsFor, FieldsType } from "../shapes/index.js";

export const configurationFields = {
  /** 0: nobody has configured it yet, and each process decides as it was set up. */
  version: { kind: "number", atLeast: 0, whole: true },
  /** Keys of the arms that are paused. */
  paused: { kind: "list", of: { kind: "text" } },
  /** Constraints as data; null: each process has those that it was set up with. */
  constraints: {
    kind: "either",
    of: [
      { kind: "null" },
      {
        kind: "list",
        of: { kind: "object", has: { name: { kind: "text" }, settings: { kind: "json" } } },
      },
    ],
  },
} as const satisfies Fields;

/** What is decided about a shared bandit, apart from what it learned: which arms are paused, and its pacing. */
export type Configuration = FieldsType<typeof configurationFields>;

/** What to change of a configuration; what is left out stays. */
export interface ConfigurationChange {
  /** The version that it changes: one that is not the present one is refused, so that no change undoes another. */
  readonly version: number;
  /** Keys of the arms that are paused from now on; the others are live. */
  readonly paused?: readonly string[];
  /** The constraints that hold from now on, such as caps that follow a budget. */
  readonly constraints?: readonly Constraint[];
}

export const changeFields = {
  version: { kind: "number", atLeast: 0, whole: true },
  paused: { kind: "list", of: { kind: "text" }, optional: true },
  constraints: { kind: "list", of: { kind: "anything" }, optional: true },
} as const satisfies FieldsFor<ConfigurationChange>;

/**
 * A configuration changed.
 * @throws ExperimentError `stale_configuration` at ["version"]
 */
export function changedConfiguration(now: Configuration, change: ConfigurationChange): Configuration {
  const { version, paused = now.paused, constraints } = change;
  if (version !== now.version)
    throw new ExperimentError({ stale_configuration }, ["version"], version, { other: now.version });
  return {
    version: version + 1,
    paused: [...paused],
    constraints: constraints?.map(({ name, settings }) => ({ name, settings })) ?? now.constraints,
  };
}

export const unconfigured: Configuration = { version: 0, paused: [], constraints: null };

/**
 * The bandit as a configuration wants it.
 * @param parts  the constraints that it may name
 * @throws ExperimentError `unknown_action` at ["paused", i]; `unknown_part` and what a part refuses, at ["constraints", i, …]
 */
export function configured<V extends string, P>(
  bandit: BanditState<V, P>,
  { version, paused, constraints }: Configuration,
  parts: Parts<Constraint>,
): BanditState<V, P> {
  if (version === 0) return bandit;
  const known: readonly string[] = bandit.setup.arms.map(({ key }) => key);
  paused.forEach((key, i) => {
    if (!known.includes(key))
      throw new ExperimentError({ unknown_action }, ["paused", i], key, nearName(key, known));
  });
  const arms = bandit.setup.arms.reduce((state, { key, status }) => {
    const wanted = paused.includes(key) ? "paused" : "live";
    if (status === wanted || status === "removed") return state;
    return wanted === "paused" ? pauseArm(state, key) : resumeArm(state, key);
  }, bandit);
  if (!constraints) return arms;
  return withConstraints(
    arms,
    constraints.map((each, i) => {
      const at = ["constraints", i];
      return makePart(parts, each, at, [...at, "settings"], "hold");
    }),
  );
}
