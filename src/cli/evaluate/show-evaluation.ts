import type { Estimate } from "../../core/estimate.js";
import type { PolicyEvaluation } from "../../ope/index.js";
import { voiceIn } from "../../report/index.js";

const { count, share } = voiceIn();

const number = (value: number): string => {
  const size = Math.abs(value);
  return size >= 100 ? value.toFixed(1) : size >= 1 ? value.toFixed(3) : value.toFixed(4);
};

const signed = (value: number) => `${value < 0 ? "−" : "+"}${number(Math.abs(value))}`;

const shown = (estimate: Estimate, print: (value: number) => string): string =>
  estimate.status === "ok"
    ? `${print(estimate.value)}, between ${print(estimate.interval[0])} and ${print(estimate.interval[1])}`
    : "no estimate";

const cautions: Readonly<Record<string, string>> = {
  model_only: "a model's word alone: nothing in the log corrects it",
  weights_held_down: "large weights are held down, and the interval knows nothing of that bias",
  weights_off: "the weights do not quite average 1",
};

/** An evaluation as text. */
export function showEvaluation(
  { logged, overlap, estimates, actions, leftOut }: PolicyEvaluation,
  { file, policy, level }: { readonly file: string; readonly policy: string; readonly level: number },
): string {
  const widest = Math.max(...estimates.map(({ estimator }) => estimator.length));
  const names = Math.max(3, ...actions.map(({ action }) => Math.min(40, action.length)));
  const told = estimates.flatMap(({ value }) => {
    if (value.status !== "ok") return [value.reason];
    return (value.flags ?? []).map((flag) => cautions[flag] ?? flag);
  });
  const listed = actions.toSorted((a, b) => b.policy - a.policy).slice(0, 20);
  return `${[
    `${file}: ${count(overlap.rounds)} rounds, ${actions.length} actions; what ${policy} would have earned`,
    `  effective size  ${overlap.effectiveSize < 10 ? overlap.effectiveSize.toFixed(1) : count(Math.round(overlap.effectiveSize))} rounds of the policy's own`,
    `  weights         mean ${number(overlap.meanWeight)}, largest ${number(overlap.largestWeight)}`,
    ...(leftOut.pending
      ? [`  left out        ${count(leftOut.pending)} decisions without a reward so far`]
      : []),
    ...(leftOut.kept ? [`  left out        ${count(leftOut.kept)} decisions that were kept, not drawn`] : []),
    "",
    `REWARD PER ROUND, OF THE POLICY AS IT IS: NOTHING IS LEARNED (${share(level)} intervals)`,
    `  ${"the log".padEnd(widest)}  ${number(logged)}`,
    ...estimates.map(
      ({ estimator, value, gain }) =>
        `  ${estimator.padEnd(widest)}  ${shown(value, number)}${gain.status === "ok" ? `; over the log ${shown(gain, signed)}` : ""}`,
    ),
    ...(told.length > 0 ? ["", ...[...new Set(told)].map((each) => `  ${each}`)] : []),
    "",
    "ACTIONS",
    `  ${"".padEnd(names)}  the log  the policy`,
    ...listed.map(
      ({ action, logged: own, policy: part }) =>
        `  ${action.slice(0, 40).padEnd(names)}  ${share(own).padStart(7)}  ${share(part).padStart(10)}`,
    ),
    ...(actions.length > listed.length
      ? [`  and ${actions.length - listed.length} more (--json has all)`]
      : []),
  ].join("\n")}\n`;
}
