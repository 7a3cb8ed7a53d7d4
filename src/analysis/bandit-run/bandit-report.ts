import type { Definition } from "../../core/definition.js";
import { findings } from "../findings/index.js";
import { recommend } from "../recommendation/recommend.js";
import type { Report } from "../report.js";
import { requireDefinition } from "../require-definition.js";
import { requireBanditRun } from "./require-bandit-run.js";
import type { BanditRun } from "./run.js";

/**
 * A report of a bandit's run alone, where its decisions and rewards are all there is.
 * @param experiment  the definition
 * @param run         from `banditRun`
 * @returns a report without metrics, whose `bandit` section is the run
 * @throws ExperimentError what is not a definition's, at ["experiment", …], or a run's, at ["run", …]; `mixed_experiments` at
 *         ["run", "experiment"] for the run of another experiment
 */
export function banditReport(experiment: Definition, run: BanditRun): Report {
  requireDefinition(experiment, ["experiment"]);
  requireBanditRun(run, ["run"], experiment);
  const excluded: Record<string, number> = run.repeated > 0 ? { decisions_logged_again: run.repeated } : {};
  const compared = {
    macro: [],
    influence: [],
    rules: [],
    stratified: [],
    between: [],
    screens: [],
    micro: [],
    standingOut: [],
  };
  const nothing = { metrics: [], checks: [], ...compared };
  return {
    format: "essai.report/2",
    definition: experiment,
    source: "decisions",
    contrasts: [],
    dimensions: [],
    grains: [],
    level: run.level,
    families: [],
    arms: [],
    ...nothing,
    findings: findings({
      ...nothing,
      level: run.level,
      versions: [],
      policies: [],
      excluded: {},
      bandit: run,
    }),
    recommendation: recommend(experiment, { ...nothing, bandit: run }),
    excluded,
    bandit: run,
  };
}
