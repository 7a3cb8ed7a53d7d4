import { type BanditRun, banditRun } from "../analysis/index.js";
import {
  type BanditState,
  constraints,
  objectives,
  policies,
  restoreBandit,
  rewardModels,
} from "../bandits/index.js";
import type { Definition } from "../core/definition.js";
import { locatedRounds, readRounds } from "../engines/rounds/index.js";
import { ExperimentError, errorOf, within } from "../errors/index.js";
import { parseBanditState } from "../schema/index.js";
import type { EngineChoice } from "./engine-options.js";
import { readJson } from "./read-json.js";

/** Every part that ships with essai; a state made of others cannot be read from the command line. */
const parts = { ...policies, ...rewardModels, ...constraints, ...objectives };

/** @returns a bandit's state from its JSON file; `place` is the option that names it */
export async function readState(file: string, place = "--state"): Promise<BanditState> {
  const json = await readJson(file, place);
  return within([place], () => restoreBandit(parseBanditState(json), parts));
}

/** What a bandit's files are, and what to show of them. */
export interface BanditFiles {
  readonly decisions: string;
  readonly state?: string | undefined;
  readonly engine?: EngineChoice;
  readonly periods?: number | undefined;
  readonly segments?: readonly string[] | undefined;
  readonly level?: number | undefined;
}

/** @returns the run that a log and a state tell; problems are told at the file's own lines */
export async function readBandit(experiment: Definition, files: BanditFiles): Promise<BanditRun> {
  const { decisions, periods, segments, level } = files;
  const state = files.state === undefined ? undefined : await readState(files.state);
  const place = "--decisions";
  const { rounds, places } = await readRounds(decisions, files.engine, place);
  try {
    return banditRun({
      experiment,
      log: rounds,
      ...(state ? { state } : {}),
      ...(periods === undefined ? {} : { periods }),
      ...(segments ? { segments } : {}),
      ...(level === undefined ? {} : { level }),
    });
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    throw errorOf(locatedRounds(error.problems, { file: decisions, place, places }), { cause: error });
  }
}
