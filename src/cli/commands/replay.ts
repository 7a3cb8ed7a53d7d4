import { setImmediate } from "node:timers/promises";
import type { Json } from "../../core/json.js";
import { parseJson } from "../../engines/files/index.js";
import {
  bad_arguments,
  ExperimentError,
  empty_data,
  exclusive_options,
  incomplete_option,
  missing_argument,
  nearName,
  requireNumber,
  reward_as_feature,
  too_many,
  unknown_name,
  wrong_type,
} from "../../errors/index.js";
import { type TableColumn, tableContexts } from "../../simulation/index.js";
import {
  labelledReplay,
  loggedReplay,
  type RewardColumns,
  replayBandit,
  replayTable,
  rewardColumnNames,
  tableSegments,
  withSegments,
} from "../../simulation/replay/index.js";
import { type Command, type CommandArguments, names, text, wholeNumber } from "../command.js";
import { engineOf, engineOptions } from "../engine-options.js";
import type { Io } from "../io.js";
import { progressLine } from "../progress.js";
import { featuresAtOptions } from "../replay/at-options.js";
import { replayedLog, replayedTable } from "../replay/replayed-file.js";
import { showReplay } from "../replay/show-replay.js";

type Values = CommandArguments["values"];

function jsonOption(values: Values, key: string): { readonly [key: string]: Json } | undefined {
  const given = text(values, key);
  if (given === undefined) return undefined;
  const parsed = parseJson(given, [`--${key}`]);
  if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed))
    return parsed as { [key: string]: Json };
  throw new ExperimentError({ wrong_type }, [`--${key}`], parsed, { expected: { type: "object" } });
}

const waysOfEarning = ["--label COLUMN", "--rewards A,B,…", "--arm COLUMN --reward COLUMN"];

/** The one way in which this command line says what rows earn; undefined where the file is to say it, a log of decisions. */
function rewardColumns(values: Values): RewardColumns | undefined {
  const [label, arm, reward, propensity] = ["label", "arm", "reward", "propensity"].map((key) =>
    text(values, key),
  );
  const rewards = names(values, "rewards");
  const given = { label, arm, rewards };
  const said = Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : `--${key}`));
  if (said.length === 0 && reward === undefined && propensity === undefined) return undefined;
  if (said.length !== 1)
    throw new ExperimentError({ exclusive_options }, ["command line"], said.join(" ") || undefined, {
      known: waysOfEarning,
    });
  if (arm === undefined) {
    const extra = reward ?? propensity;
    if (extra !== undefined)
      throw new ExperimentError(
        { incomplete_option },
        [reward === undefined ? "--propensity" : "--reward"],
        extra,
        { example: "--arm COLUMN" },
      );
    if (!rewards) return { kind: "label", label: label! };
    if (rewards.length < 2)
      throw new ExperimentError({ bad_arguments }, ["--rewards"], rewards.join(","), {
        example: "--rewards A,B",
      });
    return { kind: "rewards", rewards };
  }
  if (reward === undefined)
    throw new ExperimentError({ missing_argument }, ["--reward"], undefined, { example: "--reward COLUMN" });
  return { kind: "logged", arm, reward, ...(propensity === undefined ? {} : { propensity }) };
}

/** The columns the bandit reads, as they were asked for; `all` is every column that nothing else uses. */
function featureColumns(
  values: Values,
  columns: readonly string[],
  used: ReadonlySet<string>,
): string[] | undefined {
  const asked = names(values, "features");
  if (asked?.length === 0)
    throw new ExperimentError({ bad_arguments }, ["--features"], "", { example: "--features A,B" });
  const ignored = new Set(names(values, "ignore"));
  if (asked?.length !== 1 || asked[0] !== "all" || columns.includes("all")) return asked;
  return columns.filter((name) => !used.has(name) && !ignored.has(name));
}

function checkSpoilt(asked: readonly string[] | undefined, reward: RewardColumns): void {
  const spoiling = rewardColumnNames(reward).find(({ name }) => asked?.includes(name));
  if (spoiling) throw new ExperimentError({ reward_as_feature }, [`--${spoiling.field}`], spoiling.name);
}

/** `essai replay`: what a policy would have earned on a table. */
export const replayCommand: Command = {
  usage: "FILE [--label COLUMN | --rewards A,B | --arm COLUMN --reward COLUMN [--propensity COLUMN]]",
  examples: [
    "essai replay mushroom.csv.gz --label class --features all",
    "essai replay sends.csv --arm variant --reward visited --features recency,channel",
    "essai replay sends.csv --arm variant --reward visited --segment channel --policy sharpened",
    "essai replay served.parquet --arm item --reward click --propensity probability --json",
    "essai replay decisions.jsonl.gz --features all",
    "essai replay offers.csv --rewards margin_a,margin_b,margin_c --model normal",
  ],
  options: {
    label: {
      type: "string",
      value: "COLUMN",
      about: "arms are its values; the row's own is worth 1, any other 0",
    },
    rewards: { type: "string", value: "A,B", about: "a column of rewards for each arm" },
    arm: { type: "string", value: "COLUMN", about: "a log: the arm that was played" },
    reward: { type: "string", value: "COLUMN", about: "what came back for it" },
    propensity: {
      type: "string",
      value: "COLUMN",
      about: "probability with which it was played; or the word shares, where arms were drawn at random",
    },
    features: {
      type: "string",
      value: "A,B",
      about: "columns the bandit reads, or the word all; default none",
    },
    ignore: { type: "string", value: "A,B", about: "columns that all leaves out" },
    log: { type: "string", value: "A,B", about: "features of which log(1 + x) is taken first" },
    segment: { type: "string", value: "COLUMN", about: "segments for the models hierarchical and factorial" },
    policy: { type: "string", value: "NAME", about: "default thompson" },
    "policy-settings": { type: "string", value: "JSON", about: `e.g. '{"horizon": 20000}'` },
    model: {
      type: "string",
      value: "NAME",
      about: "default linear with features, hierarchical with a segment, else bernoulli or normal",
    },
    "model-settings": { type: "string", value: "JSON", about: `e.g. '{"ridge": 3}'` },
    batch: {
      type: "string",
      value: "N",
      about: "rounds decided before their rewards are learned; default 50",
    },
    orders: { type: "string", value: "N", about: "random orders of the rows; default 5" },
    rows: { type: "string", value: "N", about: "at most so many rows of each order; default all" },
    seed: { type: "string", value: "S", about: "same seed, same result; default 1" },
    quick: { type: "boolean", about: "decide by one posterior draw: faster, the same law" },
    ...engineOptions,
    json: { type: "boolean", about: "print the whole result as JSON (essai.replay/1)" },
  },
  async run({ values, positionals }, io) {
    const [file, ...more] = positionals;
    if (file === undefined) throw new ExperimentError({ missing_argument }, ["FILE"], undefined);
    if (more.length > 0)
      throw new ExperimentError({ too_many }, ["FILE"], more[0], { expected: { atMost: 1 } });
    const engine = engineOf(values);
    const [batch, orders, rows] = ["batch", "orders", "rows"].map((key) => {
      const given = wholeNumber(values, key);
      if (given !== undefined) requireNumber(given, [`--${key}`], { atLeast: 1, whole: true });
      return given;
    });
    const [policySettings, modelSettings] = [
      jsonOption(values, "policy-settings"),
      jsonOption(values, "model-settings"),
    ];
    const seed = text(values, "seed") ?? "1";
    const reward = rewardColumns(values);
    const segment = text(values, "segment");
    const logs = names(values, "log") ?? [];
    const used = new Set([
      ...(reward ? rewardColumnNames(reward) : []).map(({ name }) => name),
      ...(segment ? [segment] : []),
    ]);

    let asked: string[] | undefined;
    const pick = (columns: readonly string[]) => {
      asked = featureColumns(values, columns, used);
      if (reward) checkSpoilt(asked, reward);
      return [
        ...(segment ? [{ name: segment, option: "--segment" }] : []),
        ...(asked ?? []).map((name) => ({ name, option: "--features" })),
        ...logs.map((name) => ({ name, option: "--log" })),
      ];
    };
    const replayed = await (reward
      ? replayedTable(file, reward, pick, engine)
      : replayedLog(file, pick, engine, waysOfEarning));
    const { table, log, located } = replayed;
    if (table.values(rewardColumnNames(replayed.reward)[0]!.name).length === 0)
      throw new ExperimentError({ empty_data }, ["FILE"], file);
    const stray = logs.find((name) => !asked?.includes(name));
    if (stray !== undefined)
      throw new ExperimentError({ unknown_name }, ["--log"], stray, nearName(stray, asked ?? []));

    const contexts =
      asked &&
      featuresAtOptions(asked, (names) =>
        tableContexts(
          names.map((name): TableColumn => ({ name, values: table.values(name), log: logs.includes(name) })),
        ),
      );
    const segments = segment === undefined ? undefined : tableSegments(segment, table.values(segment));
    if (segments && segments.levels.length > 1000)
      throw new ExperimentError({ too_many }, ["--segment"], segments.levels.length, {
        expected: { atMost: 1000 },
      });
    const options = {
      ...{ seed, quick: values.quick === true },
      ...(batch === undefined ? {} : { batch }),
      ...(orders === undefined ? {} : { orders }),
      ...(rows === undefined ? {} : { rows }),
    };
    const { bandit, steps } = atTheOptions(located, () => {
      const { arms, column, rewards, labelled, logged } = replayTable(replayed.reward, table.values);
      const { bandit, keyOf } = replayBandit({
        ...{ arms, column, policy: text(values, "policy") ?? "thompson", policySettings, modelSettings },
        ...{ model: text(values, "model"), features: contexts?.features, segments },
        shares: rewards.every((value) => value >= 0 && value <= 1),
      });
      const all = segments
        ? withSegments(contexts?.contexts, segments.field, table.values(segments.field))
        : contexts?.contexts;
      const steps = labelled
        ? labelledReplay(bandit, labelled(all), options)
        : loggedReplay(bandit, logged!(all, keyOf), options);
      return { bandit, steps };
    });
    const replay = await played(steps, located, io);
    const { policy, model } = bandit.setup;
    if (values.json)
      io.out(
        `${JSON.stringify({ ...replay, seed, policy: partOf(policy), model: partOf(model), ...(log ? { log } : {}), ...(contexts ? { leftOut: contexts.leftOut, missing: contexts.missing } : {}) }, null, 2)}\n`,
      );
    else
      io.out(
        showReplay(replay, { file, policy: policy.name, model: model.name, seed, table: contexts, log }),
      );
    return 0;
  },
};

const partOf = ({ name, settings }: { readonly name: string; readonly settings: Json }) => ({
  name,
  settings,
});

function atTheOptions<T>(located: (error: unknown) => unknown, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw located(error);
  }
}

/** Lets a replay go on, telling how far it is, and stops it at Ctrl-C. */
async function played(steps: ReturnType<typeof loggedReplay>, located: (error: unknown) => unknown, io: Io) {
  const progress = progressLine(io, "replaying");
  try {
    for (let next = steps.next(); ; next = steps.next()) {
      if (next.done) return next.value;
      progress.update(next.value);
      await setImmediate();
      io.signal?.throwIfAborted();
    }
  } catch (error) {
    throw located(error);
  } finally {
    progress.clear();
  }
}
