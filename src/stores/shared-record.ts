import type { BanditState } from "../bandits/index.js";
import { type Learning, type Mark, sumsHash, sumsProblems, widenSums } from "../bandits/state/index.js";
import {
  arms_ahead,
  bandits_differ,
  detailedProblem,
  ExperimentError,
  errorOf,
  invalid_json,
  other_model,
  problemAt,
  unsupported_format,
} from "../errors/index.js";
import { checkFields, type Fields, type FieldsType } from "../shapes/index.js";
import { type Configuration, configurationFields, unconfigured } from "./configuration.js";

const FORMAT = "essai.shared-bandit/1";

const recordFields = {
  format: { kind: "word", of: [FORMAT], format: true },
  experiment: { kind: "text" },
  arms: { kind: "list", of: { kind: "text" }, atLeast: 1 },
  model: { kind: "text" },
  configuration: { kind: "object", has: configurationFields },
  rewards: { kind: "number", atLeast: 0 },
  sums: { kind: "list", of: { kind: "list", of: { kind: "number" } } },
} as const satisfies Fields;

/** What all processes of a bandit share. */
export interface Shared extends Learning {
  readonly configuration: Configuration;
}

/** What is shared where nothing is yet: what the bandit of the first process knows. */
export const firstShared = ({ rewards, sums }: BanditState): Shared => ({
  rewards,
  sums,
  configuration: unconfigured,
});

/** The record of what is shared. */
export const recordOf = (
  { setup: { experiment, arms, model } }: BanditState,
  { configuration, rewards, sums }: Shared,
): string =>
  JSON.stringify({
    format: FORMAT,
    experiment,
    arms: arms.map(({ key }) => key),
    model: sumsHash(model, arms),
    configuration,
    rewards,
    sums,
  });

function parsed(record: string) {
  try {
    return JSON.parse(record);
  } catch (cause) {
    throw errorOf([detailedProblem({ invalid_json }, ["store"], record, { detail: String(cause) })], {
      cause,
    });
  }
}

/**
 * What a record holds, with room for the arms that this process has and the record has not.
 * @throws ExperimentError at ["store", …]: `invalid_json`, `unsupported_format`, what is not a record; `bandits_differ` and
 *         `other_model` for the record of another bandit of this name; `arms_ahead` for one that has more arms
 */
export function readRecord(record: string, { setup }: BanditState): Shared {
  const value = parsed(record);
  const format: unknown = Object(value).format;
  if (format !== FORMAT)
    throw new ExperimentError({ unsupported_format }, ["store", "format"], format, { known: [FORMAT] });
  checkFields(value, recordFields, ["store"]);
  const { experiment, arms, model, configuration, rewards, sums }: FieldsType<typeof recordFields> = value;
  if (experiment !== setup.experiment)
    throw new ExperimentError({ bandits_differ }, ["store", "experiment"], experiment);
  const known = setup.arms.map(({ key }) => key);
  arms.forEach((key, i) => {
    const at = ["store", "arms", i];
    if (i >= known.length) throw new ExperimentError({ arms_ahead }, at, key, { known });
    if (known[i] !== key) throw new ExperimentError({ bandits_differ }, at, key, { other: known[i] });
  });
  if (model !== sumsHash(setup.model, setup.arms.slice(0, arms.length)))
    throw new ExperimentError({ other_model }, ["store", "model"], model, { other: setup.model.name });
  const problems = sumsProblems(setup.model, sums, arms.length);
  if (problems.length > 0) throw errorOf(problems.map((each) => problemAt(["store", ...each.path], each)));
  return { configuration, rewards, sums: widenSums(setup.model, sums, known.length) };
}

/** A mark as a store keeps it. */
export const markText = ({ sequence, hash }: NonNullable<Mark>): string => `${sequence} ${hash}`;

/** A mark as it was kept; absent: of a source that the store does not know. */
export function readMark(text: string | undefined): NonNullable<Mark> | undefined {
  if (text === undefined) return undefined;
  const [sequence, hash = ""] = text.split(" ");
  return { sequence: Number(sequence), hash };
}
