// One worker's part in a bandit that all workers learn: decisions and rewards go into a ledger that all of them share, by way
// of a journal on this worker's disk; each decision is settled by one worker, and counts once.
import { join } from "node:path";
import { createBandit, decideOnce, decisionIdOf, thompson } from "essai/bandits";
import { shareLedger } from "essai/stores";
import { ledgerJournal } from "essai/stores/file";

const REMEMBERED = 100_000;

/**
 * @param definition   the experiment that the bandit chooses for
 * @param store        that all workers share
 * @param folder       of this worker alone, the same again when it restarts
 * @param name         the worker's, the same again when it restarts
 * @param windowHours  how long a decision waits for its reward
 * @param now          the clock: milliseconds since 1970
 * @param onError      hears of a store or a disk that fails
 */
export function startLearning({ definition, store, folder, name, windowHours, now, onError }) {
  const ledger = shareLedger({ reward: createBandit(definition, { thompson }) }, store, {
    ...{ source: name, clock: now, windowHours, combine: "max", every: 0, timeout: 5_000, onError },
    journal: ledgerJournal(join(folder, "ledger"), { onError }),
  });
  const recent = new Map();

  return {
    /** The bandit as the store knew it last. */
    get bandit() {
      return ledger.bandits.reward;
    },
    /** A request that is retried gets its first decision. */
    decide(userId, occasion) {
      const { bandit } = this;
      const request = { unitId: userId, occasion, now: new Date(now()) };
      const id = decisionIdOf(bandit, request);
      const decision = decideOnce(bandit, request, recent.get(id));
      ledger.decision(decision);
      recent.set(id, decision);
      if (recent.size > REMEMBERED) recent.delete(recent.keys().next().value);
      return decision;
    },
    reward: (record) => ledger.reward(record),
    withdraw: (decisionId, id) => ledger.withdraw(decisionId, id),
    /** Gives the store what was recorded, settles what is due, and reads what the others have taught. */
    tick: () => ledger.sync(),
    stats: () => {
      const { problem, ...figures } = ledger.stats();
      return { ...figures, learned: ledger.bandits.reward.rewards };
    },
    close: () => ledger.close(),
  };
}
