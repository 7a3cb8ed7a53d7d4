import { defineExperiment } from "essai";
import { createBandit, thompson } from "essai/bandits";

/** A bandit with one arm per worker: its sums say how many rewards of each worker were learned. */
export function sharedMail(workers) {
  const variants = Object.fromEntries(Array.from({ length: workers }, (_, i) => [`w${i}`, null]));
  const mail = defineExperiment({ key: "mail", unit: "userId", control: "w0", variants, policy: "thompson" });
  return createBandit(mail, { thompson });
}

/** A worker's i-th reward. */
export const rewardOf = (i) => (i % 3 === 0 ? 1 : 0);
