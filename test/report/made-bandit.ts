import { banditReport, banditRun, type Report } from "../../src/analysis/index.js";
import { floor } from "../../src/bandits/index.js";
import { parseExperiment } from "../../src/schema/index.js";
import { madeRun } from "../analysis/bandit-run/made-run.js";

/** An arm's name as nobody should give them. */
export const hostileArm = 'an arm with a rather long name <script>alert("x")</script> | and more';

/** A report of a bandit's run alone, its truth known. */
export function madeBanditReport(): Report {
  const { definition: experiment } = parseExperiment({
    key: "offers",
    unit: "userId",
    control: "plain",
    variants: ["plain", "voucher", hostileArm].map((key) => ({ key, payload: null })),
    policy: "thompson",
  });
  const truth = (arm: string) => (arm === "voucher" ? 0.4 : 0.15);
  const options = { constraints: [floor({ share: 0.05 })] };
  const made = madeRun({ experiment, truth, options, rounds: 800, seed: 21, segments: ["new", "loyal"] });
  return banditReport(experiment, banditRun({ experiment, log: made.log, state: made.state }));
}
