import { contextEncoder, encoders } from "../bandits/encoders/index.js";
import {
  type EncoderFactory,
  type Feature,
  linear,
  logistic,
  type Parts,
  policies,
  probabilities,
  restoreBandit,
  update,
} from "../bandits/index.js";
import type { Json } from "../core/json.js";
import type { Case } from "./case.js";
import { ownParts } from "./decision-cases.js";
import { ensure, ensureSame, refusalOf } from "./ensure.js";
import { modelTrials, trialState } from "./model-trials.js";

/** What an encoder is tried with. */
export interface EncoderTrial<F extends Feature> {
  /** Features that it takes. */
  readonly features: readonly F[];
  /** Contexts that all of them can read, at least two. */
  readonly contexts: readonly { readonly [key: string]: Json }[];
  /** Contexts that each of them refuses. */
  readonly refused: readonly { readonly [key: string]: Json }[];
  /** Features that it refuses, with the place of what is wrong, e.g. `[{ kind: "numeric", field: "x", sd: 0 }, ["sd"]]`. */
  readonly wrong: readonly (readonly [feature: unknown, path: readonly (string | number)[]])[];
}

/**
 * What an encoder of features must do: it is tried alone, crossed with another, and in `linear` and `logistic`.
 * @param kind   the `kind` of feature that it takes
 * @param make   makes it from a feature
 * @param trial  features and contexts, good and bad
 * @returns cases for any test runner: `for (const { name, run } of encoderSuite("mine", mine, trial)) test(name, run)`
 * @throws what `make` throws for settings that should do; a case throws an Error when something is wrong
 */
export function encoderSuite<F extends Feature>(
  kind: F["kind"],
  make: EncoderFactory<F>,
  { features, contexts, refused, wrong }: EncoderTrial<F>,
): Case[] {
  const others = { [kind]: make };
  const encode = (list: readonly Feature[]) => contextEncoder(list, { constant: false, others });
  const each = (act: (feature: F, told: string) => void) => () => {
    for (const feature of features) act(feature, JSON.stringify(feature));
  };
  return [
    {
      name: "takes features that are JSON and name it",
      run: each((feature, told) => {
        ensure(feature.kind === kind, `${told} is not of kind ${kind}`);
        ensureSame("the feature after JSON", JSON.parse(told), feature);
        ensureSame("its size", encode([JSON.parse(told)]).size, encode([feature]).size);
      }),
    },
    {
      name: "writes as many finite numbers as its size, in their place, the same each time",
      run: each((feature, told) => {
        const encoder = encode([feature]);
        ensure(Number.isInteger(encoder.size) && encoder.size >= 1, `${told}: a size of ${encoder.size}`);
        const between = contextEncoder([feature, feature], { others });
        for (const context of contexts) {
          const alone = Array.from(encoder.encode(context));
          ensure(
            alone.every(Number.isFinite),
            `${told}: [${alone.join(", ")}] holds something that is not a number`,
          );
          ensureSame(`${told} after a constant and before itself`, Array.from(between.encode(context)), [
            1,
            ...alone,
            ...alone,
          ]);
          ensureSame(`${told} asked twice`, Array.from(encoder.encode(context)), alone);
        }
      }),
    },
    {
      name: "reads the fields that it names, and no others",
      run: each((feature, told) => {
        const encoder = encode([feature]);
        ensure(encoder.fields.length > 0, `${told}: names no field`);
        for (const context of contexts) {
          const named = Object.fromEntries(
            Object.entries(context).filter(([key]) => encoder.fields.includes(key)),
          );
          ensureSame(`${told}: problems without other fields`, encoder.problems(named, []), []);
          ensureSame(
            `${told} without other fields`,
            Array.from(encoder.encode(named)),
            Array.from(encoder.encode(context)),
          );
        }
      }),
    },
    {
      name: "tells contexts apart",
      run: each((feature, told) => {
        const encoder = encode([feature]);
        const found = new Set(contexts.map((context) => Array.from(encoder.encode(context)).join()));
        ensure(found.size > 1, `${told}: ${contexts.length} contexts are one`);
      }),
    },
    {
      name: "accepts the good contexts, and says where the bad ones are wrong",
      run: each((feature, told) => {
        const encoder = encode([feature]);
        for (const context of contexts)
          ensureSame(
            `${told}: problems of ${JSON.stringify(context)}`,
            encoder.problems(context, ["at"]),
            [],
          );
        for (const context of [...refused, {}]) {
          const problems = encoder.problems(context, ["at"]);
          ensure(problems.length > 0, `${told}: takes ${JSON.stringify(context)}`);
          for (const { path } of problems)
            ensure(
              path[0] === "at" && encoder.fields.includes(String(path[1])),
              `${told}: a problem at [${path.join()}], expected ["at", one of its fields, …]`,
            );
        }
      }),
    },
    {
      name: "refuses wrong features, and says where they are wrong",
      run() {
        for (const [feature, path] of wrong) {
          const error = refusalOf(() => encode([feature as Feature]));
          ensure(error !== undefined, `takes ${JSON.stringify(feature)}`);
          ensureSame(`the path of ${JSON.stringify(feature)}`, error.path, ["features", 0, ...path]);
        }
      },
    },
    {
      name: "crossed with another feature, multiplies with it",
      run: each((feature, told) => {
        const pair = { kind: "numeric", field: "a number beside" } as const;
        const crossed = encode([{ kind: "crossed", a: feature, b: pair } as Feature]);
        for (const context of contexts)
          ensureSame(
            `${told} times 2`,
            Array.from(crossed.encode({ ...context, "a number beside": 2 })),
            Array.from(encode([feature]).encode(context), (x) => 2 * x),
          );
      }),
    },
    ...[linear, logistic].map((regression) => ({
      name: `a state of ${regression().name} that reads through it learns, and is the same restored`,
      run() {
        // The compiler sees features through their encoders; here both are anybody's.
        const settings = { features } as never;
        const start = trialState(
          { ...modelTrials.linear, model: () => regression(settings, others) },
          policies.thompson(),
        );
        const state = update(
          start,
          contexts.map((context, i) => ({ variant: ["a", "b", "c"][i % 3] ?? "a", reward: i % 2, context })),
        );
        const parts: Parts = { ...ownParts, [regression().name]: (given) => regression(given, others) };
        const restored = restoreBandit(JSON.stringify(state), parts);
        for (const context of contexts)
          ensureSame(
            "probabilities",
            probabilities(restored, { context }),
            probabilities(state, { context }),
          );
        if (!(kind in encoders))
          ensure(
            refusalOf(() => restoreBandit(JSON.stringify(state), ownParts))?.code === "unknown_part",
            "the state was restored without the encoder",
          );
      },
    })),
  ];
}
