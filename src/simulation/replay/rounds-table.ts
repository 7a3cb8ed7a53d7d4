import { armOf, type BanditRound } from "../../rounds/index.js";
import { isPlainObject } from "../../shapes/index.js";
import type { RewardColumns } from "./reward-columns.js";
import type { TableValue } from "./table-contexts.js";

/** The rounds of a log as a table that can be replayed. */
export interface RoundsTable {
  /** Fields of the contexts, and `segment` where rounds tell one. */
  readonly columns: readonly string[];
  readonly values: (name: string) => readonly Exclude<TableValue, undefined>[];
  readonly reward: RewardColumns;
  /** Places in the log of the rounds that are rows: the others have no reward yet, or were kept and not drawn. */
  readonly places: readonly number[];
  readonly pending: number;
  readonly kept: number;
}

const ARM = "decision.variant";
const REWARD = "round.reward";
const PROPENSITY = "decision.propensity";

const fieldsOf = (context: unknown): Readonly<Record<string, unknown>> =>
  isPlainObject(context) ? context : {};

const scalar = (value: unknown): Exclude<TableValue, undefined> =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;

/**
 * Reads rounds as the rows of a table, for a replay by what was played, with which probability, and what came back.
 * @param rounds  a log; a decision told again replaces its earlier line, as in `banditRun`
 * @returns the table: its contexts' fields are its columns
 */
export function roundsTable(rounds: readonly BanditRound[]): RoundsTable {
  const last = new Map<string, [place: number, round: BanditRound]>();
  for (const [i, round] of rounds.entries()) {
    const reward = round.reward ?? last.get(round.decision.id)?.[1].reward ?? null;
    last.set(round.decision.id, [i, { ...round, reward }]);
  }
  const all = [...last.values()];
  const drawn = all.filter(([, { decision }]) => decision.reason !== "sticky");
  const rows = drawn.filter(([, { reward }]) => reward !== null);
  const columns = new Set(rows.flatMap(([, { decision }]) => Object.keys(fieldsOf(decision.context))));
  if (rows.some(([, { segment }]) => segment !== undefined)) columns.add("segment");
  const read: Readonly<Record<string, (round: BanditRound) => Exclude<TableValue, undefined>>> = {
    [ARM]: armOf,
    [REWARD]: ({ reward }) => reward,
    [PROPENSITY]: ({ decision }) => decision.propensity,
    segment: ({ decision, segment = null }) => scalar(fieldsOf(decision.context).segment ?? segment),
  };
  const readerOf = (name: string) =>
    Object.hasOwn(read, name)
      ? read[name]
      : ({ decision }: BanditRound) => scalar(fieldsOf(decision.context)[name]);
  return {
    columns: [...columns],
    values: (name) => rows.map(([, round]) => readerOf(name)?.(round) ?? null),
    reward: { kind: "logged", arm: ARM, reward: REWARD, propensity: PROPENSITY },
    places: rows.map(([place]) => place),
    pending: drawn.length - rows.length,
    kept: all.length - drawn.length,
  };
}
