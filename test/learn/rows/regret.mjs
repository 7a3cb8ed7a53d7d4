import { defineExperiment } from "essai";
import { createBandit, normal, policies } from "essai/bandits";
import { simulateBandit } from "essai/simulation";

const many = (n, level, best) => Array.from({ length: n }, (_, i) => (i === n - 1 ? best : level));
const maker = "JavaScript simulation, exact samplers";

/**
 * The instances of the reference set: rates of the arms, rounds, and [regret, standard error] of Beta(1, 1) Thompson
 * (for G normal–inverse-gamma), of Thompson on a posterior twice as sharp, in batches of 500 and with rewards 500
 * rounds late; 200 to 2,000 seeds each.
 */
const instances = {
  A: {
    what: "A: nine arms at .10, one at .12",
    ...{ rates: many(10, 0.1, 0.12), rounds: 10_000 },
    ...{
      plain: [133.98, 0.7],
      sharp: [115.18, 1.34],
      batch500: [135.93, 0.67],
      delay500: [137.79, 0.65],
      bar: 116,
    },
  },
  B: {
    what: "B: .05 and .06",
    ...{ rates: [0.05, 0.06], rounds: 10_000 },
    ...{ plain: [18.62, 0.37], sharp: [17.19, 0.67], batch500: [19.71, 0.35], delay500: [20, 0.32] },
  },
  C: {
    what: "C: nine arms at .40, one at .50",
    ...{ rates: many(10, 0.4, 0.5), rounds: 10_000 },
    ...{
      plain: [167.18, 1.13],
      sharp: [120.52, 3.61],
      batch500: [186.9, 1.13],
      delay500: [204.35, 1.21],
      bar: 121,
    },
  },
  D: {
    what: "D: .010, .011, .012, .013, .015; 50,000 rounds",
    ...{ rates: [0.01, 0.011, 0.012, 0.013, 0.015], rounds: 50_000 },
    ...{ plain: [62.81, 1.13], sharp: [53.23, 2.27], batch500: [62.34, 1.17], bar: 54 },
  },
  G: {
    what: "G: normal rewards of sd 1, nine arms at 0, one at .3",
    ...{ rates: many(10, 0, 0.3), rounds: 10_000, plain: [267.69, 1.72], gaussian: true },
  },
};

const keyOf = (i) => `arm-${String.fromCharCode(97 + i)}`;

function play({ rates, rounds, gaussian }, policy, seed, { world = {}, ...options } = {}) {
  const definition = defineExperiment({
    key: "instance",
    unit: "userId",
    control: keyOf(0),
    variants: Object.fromEntries(rates.map((_, i) => [keyOf(i), null])),
    policy,
  });
  const bandit = createBandit(definition, policies, {
    ...(policy === "sharpened" ? { settings: { horizon: rounds } } : {}),
    ...(gaussian ? { model: normal() } : {}),
  });
  const arms = Object.fromEntries(rates.map((rate, i) => [keyOf(i), rate]));
  const reward = gaussian ? { reward: { kind: "normal", sd: 1 } } : {};
  const { regret } = simulateBandit(
    bandit,
    { arms, ...reward, arrivals: { perDay: 1e9 }, ...world },
    { seed, rounds, ...options },
  );
  return { regret };
}

const reference = ([value, error]) => ({ value, error, maker });

/** Thompson and sharpened, decided and learned one by one. */
const alone = Object.entries(instances).flatMap(([name, instance]) => {
  const { what, plain, sharp, bar } = instance;
  const thompson = {
    key: `regret/${name}/thompson`,
    group: "Regret, decided and learned one by one (`quickDecide`, `update`)",
    what: `Thompson, ${what}`,
    runs: 2_000,
    figures: [
      { name: "regret", reference: reference(plain), likeReference: true },
      { name: "regret", statistic: "p90" },
    ],
    measure: ({ seed }) => play(instance, "thompson", seed, { quick: true }),
  };
  if (!sharp) return [thompson];
  return [
    thompson,
    {
      ...thompson,
      runs: 1_000,
      key: `regret/${name}/sharpened`,
      what: `\`sharpened({ horizon })\`, ${what}`,
      figures: [
        { name: "regret", reference: reference(sharp), ...(bar ? { atMost: bar } : {}) },
        {
          name: "regret",
          statistic: "p90",
          ...(bar ? { atMostTimes: { row: thompson.key, times: 1.15 } } : {}),
        },
      ],
      measure: ({ seed }) => play(instance, "sharpened", seed, { quick: true }),
    },
  ];
});

/** Thompson through `decide`, learned in batches; and through the ledger, with rewards half an hour late. */
const late = Object.entries(instances).flatMap(([name, instance]) => {
  const { what, batch500, delay500 } = instance;
  const row = (key, title, given, runs, options) => ({
    key: `regret/${name}/${key}`,
    group: "Regret of Thompson, learned late",
    what: `${title}, ${what}`,
    runs,
    figures: [{ name: "regret", reference: reference(given), likeReference: true }],
    measure: ({ seed }) => play(instance, "thompson", seed, options),
  });
  return [
    ...(batch500 ? [row("batch500", "`decide` in batches of 500", batch500, 1_000, { batch: 500 })] : []),
    ...(delay500
      ? [
          row("delay500", "`RewardLedger`, 500 decisions late", delay500, 300, {
            ...{ quick: true, batch: 10, ledger: { windowHours: 0.5 } },
            world: { arrivals: { perDay: 24_000 }, delay: { kind: "fixed", hours: 0.4 } },
          }),
        ]
      : []),
  ];
});

/** Rows on regret in the reference instances. */
export const rows = [...alone, ...late];
