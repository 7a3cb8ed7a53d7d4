import type { Catalogue } from "../core/catalogue.js";
import { audience } from "./audience.js";
import { coverage } from "./coverage.js";
import { decision } from "./decision.js";
import type { Ask } from "./gate.js";
import { holdout } from "./holdout.js";
import { layer } from "./layer.js";
import { override } from "./override.js";
import { policy } from "./policy.js";
import { prerequisite } from "./prerequisite.js";
import type { ReadExperiment } from "./read-experiment.js";
import { rollout } from "./rollout.js";
import { rule } from "./rule.js";
import { schedule } from "./schedule.js";
import { status } from "./status.js";

/**
 * Every gate by the reason that it gives, in the order in which a unit meets them; each makes what is asked of an
 * experiment that has it. `assign`, `decide` and `explain` ask these and no others.
 */
export const gates = {
  override,
  decision,
  status,
  schedule,
  holdout,
  layer,
  prerequisite,
  audience,
  rollout,
  coverage,
  rule,
  policy,
};

/** Name of a gate. */
export type GateName = keyof typeof gates;

/** A gate of one experiment. */
export type Gate = readonly [name: string, ask: Ask];

type Made = Ask | readonly Ask[] | false | undefined;

/**
 * @param experiment  an experiment, read
 * @param catalogue   what it shares with others
 * @returns the gates that the experiment has, in order
 */
export const compileGates = (experiment: ReadExperiment, catalogue: Catalogue): readonly Gate[] =>
  Object.entries<(experiment: ReadExperiment, catalogue: Catalogue) => Made>(gates).flatMap(([name, gate]) =>
    [gate(experiment, catalogue) || []].flat().map((ask): Gate => [name, ask]),
  );
