// One worker's part in a bandit that all workers learn: decisions and rewards go into a ledger on its disk; what the ledger
// settles becomes a delta, kept in one record with the settlement, and goes into the store until it is there.
import { join } from "node:path";
import {
  bernoulli,
  createBandit,
  decideOnce,
  decisionIdOf,
  restoreBandit,
  takeDelta,
  thompson,
  update,
  withSource,
} from "essai/bandits";
import { openLedger } from "essai/bandits/node";
import { shareBandit } from "essai/stores";

const REMEMBERED = 100_000;

/**
 * @param definition   the experiment that the bandit chooses for
 * @param store        that all workers share
 * @param folder       of this worker alone, the same again when it restarts
 * @param name         the worker's
 * @param windowHours  how long a decision waits for its reward
 * @param now          the clock: milliseconds since 1970
 * @param onError      hears of a store or a disk that fails
 */
export function startLearning({ definition, store, folder, name, windowHours, now, onError }) {
  const empty = createBandit(definition, { thompson });
  const shared = shareBandit(empty, store, { every: 0, timeout: 5_000, onError });
  const ledger = openLedger(join(folder, "ledger"), { windowHours, combine: "max" }, { onError });
  const left = ledger.state;
  let own = left ? restoreBandit(left.own, { thompson, bernoulli }) : withSource(empty, `${name} ${now()}`);
  // What was settled, and may not be in the store yet.
  let deltas = left?.deltas ?? [];
  const recent = new Map();

  async function exchange() {
    // While the store is away nothing more is settled: it waits in the ledger.
    if (deltas.length === 0 && ledger.pending > 0) {
      const { learned } = ledger.settle(now(), ({ reward }) => {
        const { delta, state } = takeDelta(update(own, reward));
        return { own: state, deltas: delta ? [delta] : [] };
      });
      own = learned.own;
      deltas = learned.deltas;
    }
    // Given again after a crash: merged before or not, it counts once.
    for (const delta of deltas) await shared.merge(delta);
    deltas = [];
    await shared.sync();
  }
  let exchanging;

  return {
    /** The bandit as the store knew it last. */
    get bandit() {
      return shared.bandit;
    },
    /** A request that is retried gets its first decision. */
    decide(userId, occasion) {
      const request = { unitId: userId, occasion, now: new Date(now()) };
      const id = decisionIdOf(shared.bandit, request);
      const decision = decideOnce(shared.bandit, request, recent.get(id));
      ledger.decision(decision);
      recent.set(id, decision);
      if (recent.size > REMEMBERED) recent.delete(recent.keys().next().value);
      return decision;
    },
    reward: (record) => ledger.reward(record),
    withdraw: (decisionId, id) => ledger.withdraw(decisionId, id),
    /** Settles what is due and exchanges it; one at a time. */
    async tick() {
      exchanging ??= exchange()
        .catch(onError)
        .finally(() => {
          exchanging = undefined;
        });
      await exchanging;
    },
    /** Forgets what was settled a day ago: a reward that is delivered again later is not known any more. */
    tidy: () => ledger.prune(now() - 86_400_000),
    stats: () => ({
      pending: ledger.pending,
      waiting: ledger.waiting,
      unmerged: deltas.reduce((sum, { rewards }) => sum + rewards, 0),
      learned: shared.bandit.rewards,
      ...ledger.counts,
      failures: shared.stats().failures,
    }),
    async close() {
      await exchanging;
      await this.tick();
      await shared.close();
      ledger.close();
    },
  };
}
