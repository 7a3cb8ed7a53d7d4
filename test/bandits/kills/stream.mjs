/** Hours from a decision to its settlement. */
export const WINDOW = 1;
const MINUTE = 60_000;
const start = Date.UTC(2026, 10, 21);

/** One step of a stream: a decision, rewards of this and earlier ones, and at times settling and pruning. */
export function playStep(ledger, step, settle) {
  const now = start + step * MINUTE;
  const at = new Date(now).toISOString();
  const decisionId = (i) => `mail:1:ünit-${i}:1`;
  const reward = (i, id, value = 1) => ledger.reward({ decisionId: decisionId(i), id, value, at });
  // The reward of every fifth comes before its decision.
  if (step % 5 === 0) reward(step, "click");
  ledger.decision({ id: decisionId(step), action: { variant: step % 3 ? "a" : "b" }, at, context: null });
  if (step % 2) reward(step - 1, "click");
  if (step % 7 === 3) ledger.withdraw(decisionId(step - 3), "click");
  // Two clicks cannot be learned.
  if (step % 40 === 1) reward(step - 1, "click-2");
  if (step % 10 === 9) settle(now);
  if (step % 50 === 49) ledger.prune(now - 2 * WINDOW * 60 * MINUTE);
}

/** What was learned once everything is over. */
export const END = start + 1e6 * MINUTE;
