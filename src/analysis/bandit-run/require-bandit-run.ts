import type { Definition } from "../../core/definition.js";
import { type ErrorPath, ExperimentError, errorOf, mixed_experiments } from "../../errors/index.js";
import { shapeProblems } from "../../shapes/index.js";
import { banditRunFields } from "../shapes/bandit-run-shape.js";
import type { BanditRun } from "./run.js";

/**
 * Refuses what `banditRun` did not make of the experiment's log.
 * @throws ExperimentError with every problem, within `path`; `mixed_experiments` for the run of another experiment
 */
export function requireBanditRun(run: BanditRun, path: ErrorPath, { key }: Definition): void {
  const problems = shapeProblems(run, { kind: "object", has: banditRunFields }, path);
  if (problems.length > 0) throw errorOf(problems);
  const { experiment } = run;
  if (experiment !== key)
    throw new ExperimentError({ mixed_experiments }, [...path, "experiment"], experiment, { other: key });
}
