import {
  type BanditState,
  bernoulli,
  createBandit,
  decide,
  linear,
  quickDecide,
  RewardLedger,
  robustBernoulli,
  slideWindow,
  takeDelta,
  thompson,
  update,
  withSource,
} from "../../../src/bandits/index.js";
import { defineExperiment, gatesOf } from "../../../src/index.js";
import { made } from "./made.js";
import type { SampleCalls } from "./sample-call.js";

const definition = () =>
  defineExperiment({
    key: "cta",
    unit: "id",
    control: "a",
    variants: { a: 0, b: 1, c: 2 },
    policy: "thompson",
  });
const features = () => [
  { kind: "numeric", field: "age", mean: 40, sd: 10 },
  { kind: "categorical", field: "channel", levels: ["mail", "web"] },
];
const state = (): BanditState => made(createBandit(definition(), { thompson }));
const reading = (): BanditState =>
  made(
    createBandit(
      definition(),
      { thompson },
      { model: linear({ features: [{ kind: "numeric", field: "age" }] }) },
    ),
  );
/** With an evidence rule, and a context that is checked. */
const judged = (): BanditState => {
  const { contextProblems } = linear({ features: [{ kind: "numeric", field: "age" }] });
  const model = { ...bernoulli(), ...(contextProblems ? { contextProblems } : {}) };
  return made(createBandit(definition(), { thompson }, { model }));
};
const now = new Date(0);
const request = () => ({ unitId: "u", occasion: "1", now, context: { age: 30 }, eligible: ["a", "b"] });
const gated = () => ({
  ...request(),
  gates: gatesOf(definition()),
  attributes: { id: "u" },
  overrides: {},
  decisions: [],
});
const terms = () => ({
  features: features(),
  shared: [{ kind: "numeric", field: "action.price" }],
  attributes: { a: { price: 1 } },
});
const shares = () => ({ a: 0.5, b: 0.2 });
const history = [
  [3, 4],
  [5, 6],
];
const marginal = (mode: number) => ({
  edges: [mode - 1, mode, mode + 1],
  density: (t: number) => Math.max(0, 1 - Math.abs(t - mode)),
});
const options = () => ({
  windowHours: 24,
  missing: 0,
  combine: "sum",
  kinds: { reward: { missing: null, combine: "max" }, revenue: { missing: 0, combine: "last" } },
  mostEarly: 10,
});
const ledger = () => {
  const own = new RewardLedger({ windowHours: 24 });
  own.decision(decide(state(), { unitId: "u", occasion: "1", now }));
  return own;
};
const delta = () => takeDelta(update(withSource(state(), "east"), [{ variant: "a", reward: 1 }])).delta;
const decision = () => decide(state(), { unitId: "u", occasion: "1", now });
const effects = () => ({
  segments: { field: "loyalty", levels: ["new", "loyal"] },
  pairs: true,
  link: "logistic",
  mean: 0.1,
  main: 0.2,
  interaction: 0.1,
  segmentInteraction: 0.1,
});
const withKey = () => [state(), "b"];

export const bandits: SampleCalls = {
  RewardLedger: () => [options()],
  "RewardLedger.decision": () => [decision()],
  "RewardLedger.reward": () => [
    { decisionId: decision().id, id: "r", value: 1, at: "1970-01-01T01:00:00Z", kind: "reward", revision: 1 },
  ],
  "RewardLedger.withdraw": () => [decision().id, "r"],
  "RewardLedger.settle": () => [new Date(9e8), () => undefined],
  "RewardLedger.prune": () => [now],
  "RewardLedger.release": () => [decision().id],
  addArm: () => [state(), { key: "d", action: { variant: "d" }, payload: 3 }],
  bernoulli: () => [{ a: 1, b: 2 }],
  bestArm: () => [judged(), { confidence: 0.9, rule: "posterior", smallest: 0.01, context: { age: 30 } }],
  bestProbabilities: () => [[marginal(0), marginal(0.5)]],
  caps: () => [{ shares: shares() }],
  categorical: () => [{ values: [0, 1, 3], prior: 1 }],
  constraint: () => [{ name: "most", settings: {}, meet: () => {}, bounds: () => ({}) }],
  controlShare: () => [{ share: 0.2 }],
  createBandit: () => [
    definition(),
    { thompson },
    {
      model: made(linear()),
      settings: {},
      constraints: [],
      objective: made({ name: "plain", settings: {}, of: <T>(posterior: T) => posterior }),
    },
  ],
  decide: () => [reading(), gated()],
  decideOnce: () => [reading(), gated(), null],
  decideKeeping: () => [reading(), gated(), "b"],
  decisionIdOf: () => [reading(), request()],
  discount: () => [state(), 0.5],
  epsilonGreedy: () => [{ epsilon: 0.1 }],
  explainActions: () => [reading(), { context: { age: 30 }, eligible: ["a", "b"] }],
  factorial: () => [effects()],
  fixed: () => [{}],
  floor: () => [{ share: 0.1 }],
  guardrailBreaches: () => [state(), { margin: 0.1, better: "lower", confidence: 0.9 }],
  hierarchical: () => [effects()],
  hurdle: () => [{ amounts: "lognormal", a: 1, b: 1, typical: 50, n: 1, shape: 1 }],
  linear: () => [{ ...terms(), ridge: 1, noise: 1 }],
  logistic: () => [{ ...terms(), ridge: 1, cells: 100 }],
  mergeBandits: () => [state(), state()],
  mergeDelta: () => [state(), delta()],
  migrateBandit: () => [
    state(),
    definition(),
    { thompson },
    { model: made(bernoulli()), settings: {}, constraints: [], objective: null },
  ],
  mixture: () => [{ decay: 0.2 }],
  net: () => [{ values: { a: 2 }, costs: { b: 1 } }],
  normal: () => [{ mean: 0, n: 1, shape: 1, scale: 1 }],
  paceShare: () => [{ total: 100, spent: 10, each: 2, until: new Date(9e6), perHour: 50 }, now],
  pauseArm: withKey,
  pauseBreaching: () => [state(), [made({ arm: "b", probability: 0.99, mean: 0.2, controlMean: 0.1 })]],
  poisson: () => [{ shape: 1, rate: 1 }],
  probabilities: () => [reading(), { context: { age: 30 }, eligible: ["a", "b"] }],
  quickDecide: () => [reading(), gated()],
  removeArm: withKey,
  restoreBandit: () => [
    JSON.parse(JSON.stringify(createBandit(definition(), { thompson }))),
    { thompson, bernoulli },
    definition(),
  ],
  resumeArm: withKey,
  robustBernoulli: () => [{ a: 1, b: 1, history, vague: 0.2 }],
  robustPoisson: () => [{ shape: 1, rate: 1, history, vague: 0.2 }],
  sharpened: () => [{ horizon: 1000, start: 1, most: 3, ramp: 0.5, plain: 0.1, opening: 2 }],
  slideWindow: () => [slideWindow({ periods: [] }, 1, state(), 3), 2, state(), 3],
  softmax: () => [{ temperature: 0.1 }],
  takeDelta: () => [made(withSource(state(), "east"))],
  thompson: () => [{}],
  toLogLine: () => [
    {
      decision: decision(),
      reward: 1,
      period: 0,
      segment: "new",
      expected: { chosen: 0.1, best: 0.2, uniform: 0.1 },
    },
  ],
  topTwo: () => [{ share: 0.4 }],
  ucb: () => [{ width: 1 }],
  uniform: () => [{}],
  update: () => [reading(), [{ variant: "a", reward: 1, context: { age: 30 } }]],
  windowBandit: () => [slideWindow({ periods: [] }, 1, state(), 3), state()],
  withConstraints: () => [state(), []],
  withHistory: () => [state(), state(), { most: 50, vague: 0.2, robust: { robustBernoulli } }],
  withPropensity: () => [state(), quickDecide(state(), { unitId: "u", occasion: "1", now })],
  withSource: () => [state(), "east"],
  withinFrequency: () => [["a", "b"], { a: 2 }, { a: 1, b: 3 }],
};

export const banditObjects = { RewardLedger: ledger };
