import { locatedRounds, readRounds } from "../../engines/rounds/index.js";
import {
  ExperimentError,
  empty_data,
  errorOf,
  exclusive_options,
  missing_column,
  nearName,
  type Problem,
  problem,
  problemAt,
} from "../../errors/index.js";
import { type RewardColumns, rewardColumnNames, roundsTable } from "../../simulation/replay/index.js";
import type { EngineChoice } from "../engine-options.js";
import { type PickColumns, type ReadTable, readTable } from "../read-table.js";
import { atOptions } from "./at-options.js";

/** What is replayed: rows in memory, and what their columns mean. */
export interface ReplayedFile {
  readonly table: ReadTable;
  readonly reward: RewardColumns;
  /** Tells an error of the replay at the options, and at the lines of the file. */
  located(error: unknown): unknown;
  /** Of a log of decisions, what is not a row of it. */
  readonly log?: { readonly pending: number; readonly kept: number };
}

/** Opens a table whose options say what its rows earn. */
export async function replayedTable(
  file: string,
  reward: RewardColumns,
  pick: PickColumns,
  engine: EngineChoice,
): Promise<ReplayedFile> {
  const table = await readTable(
    file,
    (columns) => [
      ...rewardColumnNames(reward).map(({ name, field }) => ({ name, option: `--${field}` })),
      ...pick(columns),
    ],
    engine,
  );
  return { table, reward, located: (error) => atOptions(error, reward) };
}

/** Fewer columns may be misspelt; a table that lacks more is not a log of decisions. */
const MOST_MISSPELT = 3;

/**
 * Opens a log of decisions, which says itself what was played and what came back.
 * @param ways  how the command line could say it, for a table that does not
 */
export async function replayedLog(
  file: string,
  pick: PickColumns,
  engine: EngineChoice,
  ways: readonly string[],
): Promise<ReplayedFile> {
  const log = await readRounds(file, engine, "FILE").catch((cause: unknown) => {
    const lacks =
      cause instanceof ExperimentError && cause.problems.filter(({ code }) => code === "missing_column");
    if (lacks && lacks.length > MOST_MISSPELT)
      throw new ExperimentError({ exclusive_options }, ["command line"], undefined, { known: ways, cause });
    throw cause;
  });
  const { columns, values, reward, places, pending, kept } = roundsTable(log.rounds);
  if (places.length === 0) throw new ExperimentError({ empty_data }, ["FILE"], file);
  const unknown = pick(columns).filter(({ name }) => !columns.includes(name));
  if (unknown.length > 0)
    throw errorOf(
      unknown.map(({ name, option }) => problem({ missing_column }, [option], name, nearName(name, columns))),
    );
  const atLine = (each: Problem): Problem => {
    const [head, row, ...rest] = each.path;
    const place = places[Number(row)];
    return head === "rows" && place !== undefined ? problemAt(["log", place, ...rest], each) : each;
  };
  return {
    table: { columns, values },
    reward,
    log: { pending, kept },
    located(error) {
      if (!(error instanceof ExperimentError)) return error;
      const told = locatedRounds(error.problems.map(atLine), { file, place: "FILE", places: log.places });
      return atOptions(errorOf(told, { cause: error }), reward);
    },
  };
}
