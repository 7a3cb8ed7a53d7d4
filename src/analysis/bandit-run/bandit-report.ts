import type { Definition } from "../../core/definition.js";
import { share } from "../../core/numbers.js";
import type { Recommendation, Report } from "../report.js";
import { banditFindings } from "./bandit-findings.js";
import type { BanditRun } from "./run.js";

/** What to do with a bandit by its run alone: a broken record comes first; else it keeps learning. */
export function recommendRun(run: BanditRun): Recommendation {
  if (run.served.status === "failed")
    return {
      action: "do_not_read",
      rule: "propensities",
      sentence:
        "Actions did not come as often as their recorded probabilities say, so something between decision and log is broken; no estimate below can be trusted until it is found.",
      variants: [],
    };
  const [view] = run.beliefs;
  const leader = run.beliefs.length === 1 ? view?.arms[0] : undefined;
  const today = leader ? ` Today ${leader.arm} is the best with probability ${share(leader.best)}.` : "";
  return {
    action: "keep_running",
    rule: "bandit",
    sentence: `A bandit needs no verdict to act on: it moves the traffic itself as it learns.${today}`,
    variants: [],
  };
}

/**
 * A report of a bandit's run alone, where its decisions and rewards are all there is.
 * @param experiment  the definition
 * @param run         from `banditRun`
 * @returns a report without metrics, whose `bandit` section is the run
 */
export function banditReport(experiment: Definition, run: BanditRun): Report {
  return {
    format: "essai.report/1",
    definition: experiment,
    source: "decisions",
    metrics: [],
    contrasts: [],
    dimensions: [],
    grains: [],
    level: run.level,
    families: [],
    arms: [],
    srm: [],
    macro: [],
    rules: [],
    stratified: [],
    between: [],
    micro: [],
    findings: banditFindings(run),
    recommendation: recommendRun(run),
    excluded: run.repeated > 0 ? { decisions_logged_again: run.repeated } : {},
    bandit: run,
  };
}
