import {
  bad_arguments,
  ExperimentError,
  exclusive_options,
  incomplete_option,
  missing_argument,
  requireWord,
  too_many,
} from "../../errors/index.js";
import { evaluatePolicy, type TargetPolicy, valueEstimatorNames, warmStart } from "../../ope/index.js";
import { randomSource } from "../../random/index.js";
import { type Command, type CommandArguments, names, text, wholeNumber } from "../command.js";
import { engineOf, engineOptions } from "../engine-options.js";
import { embeddingOption } from "../evaluate/embedding-option.js";
import { type ChoiceColumns, decisionsLog, tableLog } from "../evaluate/evaluation-log.js";
import { policyOption } from "../evaluate/policy-option.js";
import { showEvaluation } from "../evaluate/show-evaluation.js";
import { showWarmStart } from "../evaluate/show-warm-start.js";
import type { Io } from "../io.js";
import { checkOutputs, writeOutput } from "../output-file.js";
import { readState } from "../read-bandit.js";
import { toldAtOptions } from "../told-at-options.js";

type Values = CommandArguments["values"];

/** The columns of a table that is not a log of decisions; undefined where none is named. */
function choiceColumns(values: Values): ChoiceColumns | undefined {
  const [arm, reward, propensity, unit] = ["arm", "reward", "propensity", "unit"].map((key) =>
    text(values, key),
  );
  const given = [arm, reward, propensity, unit].find((each) => each !== undefined);
  if (given === undefined) return undefined;
  if (arm !== undefined && reward !== undefined && propensity !== undefined)
    return { arm, reward, propensity, unit };
  throw new ExperimentError({ incomplete_option }, ["command line"], given, {
    example: "--arm COLUMN --reward COLUMN --propensity COLUMN",
  });
}

/** A number in (0, 1), as an option. */
function fraction(values: Values, key: string): number | undefined {
  const given = text(values, key);
  if (given === undefined) return undefined;
  const number = Number(given);
  if (number > 0 && number < 1) return number;
  throw new ExperimentError({ bad_arguments }, [`--${key}`], given, { example: `--${key} 0.9` });
}

/** The names of options for the fields of a request. */
const options: Readonly<Record<string, string>> = {
  policy: "--policy",
  estimators: "--estimators",
  features: "--features",
  embedding: "--embedding",
};

/** Options that evaluate a policy, and mean nothing for a warm start. */
const evaluating = ["policy", "estimators", "embedding", "level", "bootstrap", "seed"];

/** Starts a bandit from the log, and writes it. */
async function startWarm(file: string, cold: string, values: Values, io: Io): Promise<number> {
  const stray = evaluating.find((key) => values[key] !== undefined);
  if (stray !== undefined)
    throw new ExperimentError({ exclusive_options }, ["command line"], `--warm-start --${stray}`, {
      known: ["--policy POLICY", "--warm-start STATE --out FILE"],
    });
  const out = text(values, "out");
  if (out === undefined)
    throw new ExperimentError({ incomplete_option }, ["--warm-start"], cold, { example: "--out FILE" });
  const columns = choiceColumns(values);
  const inputs = [
    { file, option: "FILE" },
    { file: cold, option: "--warm-start" },
  ];
  await checkOutputs([{ file: out, option: "--out" }], inputs);
  const fields = names(values, "features") ?? [];
  const engine = engineOf(values);
  const state = await readState(cold, "--warm-start");
  const { log, located } = await (columns
    ? tableLog(file, columns, fields, engine)
    : decisionsLog(file, fields, engine));
  try {
    const { state: started, ...found } = warmStart({ state, log });
    const learned = found.arms.some(({ status }) => status === "ok");
    if (learned) await writeOutput({ file: out, option: "--out" }, `${JSON.stringify(started)}\n`);
    io.out(
      values.json ? `${JSON.stringify(found, null, 2)}\n` : showWarmStart(found, { file, out, learned }),
    );
    return learned ? 0 : 1;
  } catch (error) {
    throw toldAtOptions(located(error), options);
  }
}

/** `essai evaluate`: what a policy would have earned on a log. */
export const evaluateCommand: Command = {
  usage:
    "FILE (--policy POLICY | --warm-start STATE --out FILE) [--arm COLUMN --reward COLUMN --propensity COLUMN]",
  examples: [
    "essai evaluate decisions.jsonl.gz --policy bundle",
    "essai evaluate decisions.jsonl.gz --policy bandit.json --features all",
    "essai evaluate decisions.jsonl.gz --policy control=0.2,bundle=0.8 --estimators dr,snips,dros",
    "essai evaluate served.csv --arm item --reward click --propensity probability --policy uniform --json",
    "essai evaluate decisions.jsonl.gz --warm-start new-bandit.json --out started.json",
  ],
  options: {
    policy: {
      type: "string",
      value: "POLICY",
      about:
        "what to evaluate: an action, shares A=0.2,B=0.8, a bandit's state as a .json file, or the word uniform",
    },
    "warm-start": {
      type: "string",
      value: "STATE",
      about: "a bandit's state as a .json file, to start from this log instead; goes with --out",
    },
    out: { type: "string", value: "FILE", about: "where the bandit that starts from the log is written" },
    arm: { type: "string", value: "COLUMN", about: "of a table: what was played" },
    reward: { type: "string", value: "COLUMN", about: "of a table: what came back for it" },
    propensity: {
      type: "string",
      value: "COLUMN",
      about: "of a table: the probability with which it was played",
    },
    unit: {
      type: "string",
      value: "COLUMN",
      about: "of a table: whom the row belongs to; default a unit per row",
    },
    features: {
      type: "string",
      value: "A,B",
      about:
        "columns, or fields of the contexts, that the model of rewards reads, or the word all; default none",
    },
    estimators: {
      type: "string",
      value: "A,B",
      about: "default dr,snips, and mips with --embedding",
    },
    embedding: {
      type: "string",
      value: "A,B",
      about:
        "factors of the actions that reach the reward, for mips; the log needs its decisions' probabilities",
    },
    level: { type: "string", value: "0.9", about: "level of the intervals; default 0.95" },
    bootstrap: { type: "string", value: "N", about: "intervals from so many resampled logs, at least 99" },
    seed: { type: "string", value: "S", about: "of the bootstrap: same seed, same result; default 1" },
    ...engineOptions,
    json: { type: "boolean", about: "print the whole result as JSON" },
  },
  async run({ values, positionals }, io) {
    const [file, ...more] = positionals;
    if (file === undefined) throw new ExperimentError({ missing_argument }, ["FILE"], undefined);
    if (more.length > 0)
      throw new ExperimentError({ too_many }, ["FILE"], more[0], { expected: { atMost: 1 } });
    const cold = text(values, "warm-start");
    if (cold !== undefined) return startWarm(file, cold, values, io);
    const target = text(values, "out");
    if (target !== undefined)
      throw new ExperimentError({ incomplete_option }, ["--out"], target, { example: "--warm-start STATE" });
    const asked = text(values, "policy");
    if (asked === undefined) throw new ExperimentError({ missing_argument }, ["--policy"], undefined);
    const level = fraction(values, "level") ?? 0.95;
    const replicates = wholeNumber(values, "bootstrap");
    const seed = text(values, "seed");
    if (seed !== undefined && replicates === undefined)
      throw new ExperimentError({ incomplete_option }, ["--seed"], seed, { example: "--bootstrap N" });
    const columns = choiceColumns(values);
    const factors = names(values, "embedding");
    if (factors && columns)
      throw new ExperimentError({ exclusive_options }, ["command line"], "--embedding --arm", {
        known: ["--embedding FACTORS", "--arm COLUMN"],
      });
    const fields = names(values, "features") ?? [];
    const engine = engineOf(values);
    const named = await policyOption(asked);
    const { log, features, levels, located } = await (columns
      ? tableLog(file, columns, fields, engine)
      : decisionsLog(file, fields, engine));
    const embedding = factors && levels && embeddingOption(factors, levels);
    const policy: TargetPolicy =
      named === "uniform" ? (_, actions) => actions.map(() => 1 / actions.length) : named;
    const estimators = names(values, "estimators")?.map((name) => {
      requireWord(name, ["--estimators"], valueEstimatorNames);
      return name;
    });
    try {
      const found = evaluatePolicy({
        ...{ log, policy, level, features },
        ...(embedding ? { embedding, estimators: ["dr", "snips", "mips"] as const } : {}),
        ...(estimators ? { estimators } : {}),
        ...(replicates === undefined ? {} : { random: randomSource(seed ?? "1"), replicates }),
      });
      if (values.json) io.out(`${JSON.stringify({ ...found, policy: asked, level }, null, 2)}\n`);
      else io.out(showEvaluation(found, { file, policy: asked, level }));
    } catch (error) {
      throw toldAtOptions(located(error), options);
    }
    return 0;
  },
};
