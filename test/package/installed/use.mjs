// What a page, a worker or a script does with the browser entries; the same result is expected everywhere.
import { assign, createAssigner, defineCatalogue, defineExperiment, ExperimentError } from "essai";
import { bernoulli, createBandit, decide, restoreBandit, thompson, update } from "essai/bandits";
import { fractionalFactorial } from "essai/designs";
import { normalQuantile } from "essai/distributions";
import { inFrench } from "essai/errors/fr";
import { createExposureLog, createSender } from "essai/exposures";
import { randomSource } from "essai/random";
import { holm, momentsOf, welch } from "essai/stats";

const at = Date.parse("2026-03-01T09:00:00Z");
const users = Array.from({ length: 200 }, (_, i) => `user-${i}-é`);

const experiment = defineExperiment({
  key: "spring-offer",
  unit: "userId",
  variants: { control: { headline: "Welcome back" }, discount: { headline: "10 % off" } },
});

const catalogue = defineCatalogue({ experiments: [experiment] });

async function assigned() {
  const exposures = [];
  const sent = [];
  const sender = createSender({ transport: async (batch) => void sent.push(...batch) });
  const log = createExposureLog({
    write(exposure) {
      exposures.push(`${exposure.id} ${exposure.variant}`);
      sender.send(exposure);
    },
    clock: () => at,
  });
  for (const userId of users) log.expose(assign(experiment, { userId }));
  log.expose(assign(experiment, { userId: users[0] }));
  await sender.flush();
  const assigner = createAssigner(catalogue);
  return {
    exposures,
    sent: sent.length,
    again: assigner.assign("spring-offer", { userId: users[0] }).variant,
  };
}

function learned() {
  const offer = defineExperiment({
    key: "offer",
    unit: "userId",
    variants: { control: null, discount: null, bundle: null },
    policy: "thompson",
  });
  let bandit = createBandit(offer, { thompson });
  const played = [];
  for (const [i, unitId] of users.entries()) {
    const decision = decide(bandit, { unitId, occasion: "visit", now: new Date(at + i) });
    played.push(Object.values(decision.action).join());
    bandit = update(bandit, [{ ...decision, reward: i % 3 === 0 ? 1 : 0 }]);
  }
  const again = restoreBandit(JSON.stringify(bandit), { thompson, bernoulli });
  return { played, decision: decide(again, { unitId: "next", occasion: "visit", now: new Date(at) }) };
}

function refused() {
  try {
    defineExperiment({ key: "", unit: "userId", variants: {} });
  } catch (error) {
    return error instanceof ExperimentError && error.problems.map((each) => inFrench(each).message);
  }
  return false;
}

function estimated() {
  const random = randomSource("essai");
  const values = (mean) => Array.from({ length: 100 }, () => mean + normalQuantile(random.next()));
  return [welch(momentsOf(values(0)), momentsOf(values(0.5))).pValue, ...holm([0.01, 0.04, 0.03])];
}

const sides = ["plain", "bold"];
const planned = () => fractionalFactorial({ hero: sides, cta: sides, price: sides }, ["price=hero:cta"]).runs;

/** @returns what all of it gave, as JSON */
export async function use() {
  const results = {
    ...(await assigned()),
    ...learned(),
    refused: refused(),
    estimated: estimated(),
    planned: planned(),
  };
  return JSON.stringify(results);
}
