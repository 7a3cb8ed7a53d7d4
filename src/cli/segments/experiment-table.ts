import type { Definition } from "../../core/definition.js";
import type { MetricDefinition } from "../../core/metric-definition.js";
import { conditionReader } from "../../definition/index.js";
import {
  ExperimentError,
  errorOf,
  learned_shares,
  mapped_otherwise,
  missing_value,
  nearName,
  not_by_cluster,
  problem,
  unclear_outcomes,
  unknown_name,
} from "../../errors/index.js";
import { parseExperiment } from "../../schema/index.js";
import { attributeColumns } from "../attribute-columns.js";
import { type CommandArguments, text } from "../command.js";
import type { EngineChoice } from "../engine-options.js";
import { readJson } from "../read-json.js";
import { type SegmentsTable, segmentsTable } from "./segments-table.js";

/** A table read as its experiment file says, and who of it is not searched. */
export interface ExperimentTable extends SegmentsTable {
  readonly shares: Readonly<Record<string, number>> | undefined;
  /** Rows that were left out: not of the audience, and not randomized, since a rule gave them their variant. */
  readonly leftOut: { readonly audience: number; readonly rule: number };
}

/** The column of a metric that is one number per unit. */
function columnOf(metric: MetricDefinition): string | undefined {
  if (!["conversion", "mean", "count"].includes(metric.type)) return undefined;
  const column: unknown = "column" in metric ? metric.column : undefined;
  return typeof column === "string" ? column : metric.key;
}

function metricOf({ metrics }: Definition, asked: string | undefined): MetricDefinition {
  const known = metrics.filter((each) => columnOf(each) !== undefined);
  const keys = known.map(({ key }) => key);
  if (asked !== undefined) {
    const found = known.find(({ key }) => key === asked);
    if (!found) throw errorOf([problem({ unknown_name }, ["--outcome"], asked, nearName(asked, keys))]);
    return found;
  }
  const goal = known.find(({ role }) => role === "goal");
  if (goal) return goal;
  throw errorOf([
    problem({ unclear_outcomes }, ["--outcome"], undefined, {
      known: keys,
      example: `--outcome ${keys[0] ?? "METRIC"}`,
    }),
  ]);
}

/** Planned shares, by variant. */
function sharesOf({ ranges, allocation }: Definition): Readonly<Record<string, number>> | undefined {
  if (allocation === "unknown") return undefined;
  const shares: Record<string, number> = {};
  for (const { from, to, variant } of ranges)
    shares[variant] = (shares[variant] ?? 0) + (to - from) / 4_294_967_296;
  return shares;
}

/**
 * Reads a table with its experiment file: variants, unit, spelling and shares from it, the first goal (or the metric that `--outcome`
 * names) as the outcome. Rows that the audience leaves out are left out, and rows that a rule gave their variant, since nothing was random there.
 */
export async function experimentTable(
  file: string,
  experiment: string,
  values: CommandArguments["values"],
  engine: EngineChoice,
): Promise<ExperimentTable> {
  const { definition, data } = parseExperiment(await readJson(experiment, "--experiment"));
  if (data === undefined)
    throw new ExperimentError({ missing_value }, ["--experiment", "data"], undefined, {
      example: '"data": {"variant": "group"}',
    });
  if ("exposures" in data)
    throw new ExperimentError({ mapped_otherwise }, ["FILE"], file, {
      example: "--exposures FILE --events FILE",
    });
  if (data.cluster !== undefined)
    throw new ExperimentError({ not_by_cluster }, ["--experiment", "data", "cluster"], data.cluster);
  if (definition.policy !== "fixed")
    throw new ExperimentError({ learned_shares }, ["--experiment", "policy"], definition.policy);
  const metric = metricOf(definition, text(values, "outcome"));
  const { variant: mapped } = data;
  const [column, levels] =
    typeof mapped === "string" ? [mapped, undefined] : [mapped.column, mapped.values ?? undefined];
  const keyOf = (level: string) => levels?.[level] ?? level;
  const control =
    Object.entries(levels ?? {}).find(([, key]) => key === definition.control)?.[0] ?? definition.control;
  const spelled = Object.fromEntries(
    (["decimal", "thousands", "missing", "yes", "no"] as const).flatMap((key) => {
      const own = data[key];
      return own === undefined ? [] : [[key, typeof own === "string" ? own : [...own].join(",")]];
    }),
  );
  const table = await segmentsTable(
    file,
    {
      ...{ ...values, ...spelled, variant: column, control, outcome: columnOf(metric) },
      ...(data.unit === undefined ? {} : { unit: data.unit }),
    },
    engine,
  );
  const read = conditionReader(definition.segments ?? {});
  const names = [...attributeColumns({ experiments: [definition] }).keys()];
  const missing = names.find((name) => !(name in table.attributes));
  const isIn = definition.audience && read(definition.audience, ["audience"]);
  const rules = (definition.rules ?? []).map(({ when }, i) => read(when, ["rules", i, "when"]));
  if (missing !== undefined && (isIn || rules.length > 0))
    throw errorOf([
      problem({ unknown_name }, ["--attributes"], missing, nearName(missing, Object.keys(table.attributes))),
    ]);
  const leftOut = { audience: 0, rule: 0 };
  const kept = table.variant.flatMap((_, i) => {
    const unit = Object.fromEntries(names.map((name) => [name, table.attributes[name]?.[i]]));
    if (isIn && !isIn(unit)) leftOut.audience++;
    else if (rules.some((meets) => meets(unit))) leftOut.rule++;
    else return [i];
    return [];
  });
  const pick = <T>(list: readonly T[]) => kept.flatMap((i) => list.slice(i, i + 1));
  return {
    ...table,
    variant: pick(table.variant).map(keyOf),
    control: definition.control,
    outcome: pick(table.outcome),
    unit: table.unit && pick(table.unit),
    attributes: Object.fromEntries(
      Object.entries(table.attributes).map(([name, list]) => [name, pick(list)]),
    ),
    shares: sharesOf(definition),
    leftOut,
  };
}
