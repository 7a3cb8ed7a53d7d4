// A worker at the edge: decides from a snapshot of the state, which it reads again every few seconds. It keeps nothing:
// what it answers goes to a worker of the service together with the reward.
import { bernoulli, decide, restoreBandit, thompson } from "essai/bandits";

const FRESH = 5_000;
let snapshot;

async function current(env, now) {
  if (snapshot && now - snapshot.at < FRESH) return snapshot.bandit;
  try {
    const url = `${env.STATE_URL}/state`;
    // A service that the platform binds, or one that is reached by its address.
    const answer = await (env.service ? env.service.fetch(url) : fetch(url));
    snapshot = { at: now, bandit: restoreBandit(await answer.json(), { thompson, bernoulli }) };
  } catch (error) {
    if (!snapshot) throw error;
    // The last one goes on, and is asked for again in a while.
    snapshot = { ...snapshot, at: now };
  }
  return snapshot.bandit;
}

export default {
  async fetch(request, env) {
    const query = new URL(request.url).searchParams;
    const now = Date.now();
    const bandit = await current(env, now);
    const decision = decide(bandit, {
      unitId: query.get("userId") ?? "",
      occasion: query.get("occasion") ?? "",
      now: new Date(now),
    });
    return new Response(JSON.stringify(decision), { headers: { "content-type": "application/json" } });
  },
};
