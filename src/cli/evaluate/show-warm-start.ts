import type { WarmStart } from "../../ope/index.js";
import { voiceIn } from "../../report/index.js";

const { count } = voiceIn();

/** What a bandit starts from, as text. */
export function showWarmStart(
  { rounds, weighted, arms, leftOut }: Omit<WarmStart, "state">,
  { file, out, learned }: { readonly file: string; readonly out: string; readonly learned: boolean },
): string {
  const widest = Math.max(...arms.map(({ arm }) => Math.min(40, arm.length)));
  const rule = weighted
    ? "weighed by the reciprocal of their propensities, which changed beside the contexts"
    : "summed as they are: their chances followed no context";
  return `${[
    `${file}: ${count(rounds)} rounds, ${rule}`,
    ...(leftOut.pending ? [`  left out  ${count(leftOut.pending)} decisions without a reward so far`] : []),
    ...(leftOut.kept ? [`  left out  ${count(leftOut.kept)} decisions that were kept, not drawn`] : []),
    "",
    "WHAT EACH ARM STARTS FROM",
    ...arms.map((each) => {
      const size = `${count(each.rounds)} rounds, effective size ${each.effectiveSize.toFixed(1)}`;
      const told = each.status === "ok" ? size : `${size}: starts from nothing, ${each.reason}`;
      return `  ${each.arm.slice(0, 40).padEnd(widest)}  ${told}`;
    }),
    "",
    learned ? `wrote ${out}` : `${out} was not written: no arm can start from this log`,
  ].join("\n")}\n`;
}
