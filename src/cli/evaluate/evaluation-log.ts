import type { ContextFeature } from "../../bandits/index.js";
import type { Json } from "../../core/json.js";
import { locatedRounds, readRounds } from "../../engines/rounds/index.js";
import {
  ExperimentError,
  errorOf,
  missing_column,
  missing_value,
  nearName,
  type Problem,
  problem,
  problemAt,
  wrong_type,
} from "../../errors/index.js";
import type { LogEntry } from "../../ope/index.js";
import { armOf } from "../../rounds/index.js";
import { type TableColumn, type TableValue, tableContexts } from "../../simulation/index.js";
import type { EngineChoice } from "../engine-options.js";
import { readTable } from "../read-table.js";
import { featuresAtOptions } from "../replay/at-options.js";

/** Columns that say what was played, with which probability, and what came back. */
export interface ChoiceColumns {
  readonly arm: string;
  readonly reward: string;
  readonly propensity: string;
  readonly unit: string | undefined;
}

/** A log as the command line reads it. */
export interface EvaluationLog {
  readonly log: readonly LogEntry[];
  readonly features: readonly ContextFeature[];
  /** The levels of an action's factors, as the log has them. */
  readonly levels?: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** Tells an error at the lines of the file and at the options. */
  located(error: unknown): unknown;
}

const MOST_PROBLEMS = 20;

const isObject = (value: unknown): value is Readonly<Record<string, TableValue>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Opens a log of decisions; its contexts stay what they are, as a bandit reads them. */
export async function decisionsLog(
  file: string,
  asked: readonly string[],
  engine: EngineChoice,
): Promise<EvaluationLog> {
  const { rounds, places } = await readRounds(file, engine, "FILE");
  const contexts = rounds.map(({ decision: { context } }) => (isObject(context) ? context : {}));
  const columns = [...new Set(contexts.flatMap(Object.keys))];
  const fields = asked.length === 1 && asked[0] === "all" ? columns : asked;
  for (const name of fields)
    if (!columns.includes(name))
      throw new ExperimentError({ missing_column }, ["--features"], name, nearName(name, columns));
  const { features } = featuresOf(fields, (name) => contexts.map((context) => context[name] ?? null));
  return {
    log: rounds,
    features,
    levels: new Map(rounds.map((round) => [armOf(round), round.decision.action])),
    located: (error) =>
      error instanceof ExperimentError
        ? errorOf(locatedRounds(error.problems, { file, place: "FILE", places }), { cause: error })
        : error,
  };
}

function featuresOf(fields: readonly string[], values: (name: string) => readonly TableValue[]) {
  return featuresAtOptions(fields, (names) =>
    tableContexts(names.map((name): TableColumn => ({ name, values: values(name) }))),
  );
}

const isEmpty = (value: TableValue) => value === null || value === undefined || value === "";

/** Reads cells as numbers, and collects those that are not. */
class NumberCells {
  readonly #problems: Problem[] = [];

  /** @returns the number; NaN where that is a problem */
  read(value: TableValue, option: string, column: string, row: number): number {
    const number = isEmpty(value) ? Number.NaN : Number(value);
    if (!Number.isNaN(number) || this.#problems.length >= MOST_PROBLEMS) return number;
    const path = [option, column, `line ${row + 2}`];
    const expected = { type: "number" } as const;
    this.#problems.push(
      isEmpty(value)
        ? problem({ missing_value }, path, undefined, { expected })
        : problem({ wrong_type }, path, value, { expected }),
    );
    return number;
  }

  /** @throws ExperimentError with what was not a number */
  end(): void {
    if (this.#problems.length > 0) throw errorOf(this.#problems);
  }
}

/** Which option names the column of a field. */
const optionOf: Readonly<Record<string, keyof ChoiceColumns>> = {
  action: "arm",
  reward: "reward",
  propensity: "propensity",
  unit: "unit",
};

/** Opens anybody's table. */
export async function tableLog(
  file: string,
  columns: ChoiceColumns,
  asked: readonly string[],
  engine: EngineChoice,
): Promise<EvaluationLog> {
  const named = Object.entries(columns).flatMap(([option, name]) =>
    name === undefined ? [] : [{ name: `${name}`, option: `--${option}` }],
  );
  let fields: readonly string[] = asked;
  const table = await readTable(
    file,
    (there) => {
      if (asked.length === 1 && asked[0] === "all")
        fields = there.filter((name) => !named.some((each) => each.name === name));
      return [...named, ...fields.map((name) => ({ name, option: "--features" }))];
    },
    engine,
  );
  const [arms, rewards, propensities] = [columns.arm, columns.reward, columns.propensity].map((name) =>
    table.values(name),
  );
  const units = columns.unit === undefined ? undefined : table.values(columns.unit);
  const made = fields.length > 0 ? featuresOf(fields, table.values) : undefined;
  const cells = new NumberCells();
  const log = (arms ?? []).map((arm, i): LogEntry => {
    const context: Json = made?.contexts[i] ?? null;
    const unit = units ? { unit: String(units[i] ?? "") } : {};
    const [told, chance] = [rewards?.[i], propensities?.[i]];
    const reward = isEmpty(told) ? null : cells.read(told, "--reward", columns.reward, i);
    const propensity = cells.read(chance, "--propensity", columns.propensity, i);
    return { action: String(arm ?? ""), reward, propensity, context, ...unit };
  });
  cells.end();
  const atOption = (each: Problem): Problem => {
    const [head, row, field] = each.path;
    const option = optionOf[String(field)];
    if (head !== "log" || typeof row !== "number") return each;
    const place = option ? [`--${option}`, `${columns[option]}`] : ["FILE"];
    return problemAt([...place, `line ${row + 2}`], each);
  };
  return {
    log,
    features: made?.features ?? [],
    located: (error) =>
      error instanceof ExperimentError ? errorOf(error.problems.map(atOption), { cause: error }) : error,
  };
}
