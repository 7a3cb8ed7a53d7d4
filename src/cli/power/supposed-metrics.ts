import type { Definition } from "../../core/definition.js";
import {
  bad_arguments,
  ExperimentError,
  incomplete_option,
  missing_argument,
  nearName,
  out_of_range,
  unknown_name,
} from "../../errors/index.js";
import { metricTypeOf } from "../../metrics/index.js";
import type { Past } from "../../simulation/index.js";
import type { Clusters, PlannedMetric } from "../../stats/index.js";
import { type CommandArguments, list, text } from "../command.js";

/** `visit=0.1` for each time the option was given, by metric. */
function byMetric(
  values: CommandArguments["values"],
  option: string,
  { metrics }: Definition,
): ReadonlyMap<string, number> {
  const known = metrics.map(({ key }) => key);
  return new Map(
    list(values, option).map((pair) => {
      const at = pair.lastIndexOf("=");
      const [key, number] = [pair.slice(0, Math.max(0, at)), Number(pair.slice(at + 1))];
      if (at < 1 || pair.slice(at + 1).trim() === "" || !Number.isFinite(number))
        throw new ExperimentError({ bad_arguments }, [`--${option}`], pair, {
          example: `--${option} ${known[0] ?? "order"}=0.1`,
        });
      if (!known.includes(key))
        throw new ExperimentError({ unknown_name }, [`--${option}`], key, nearName(key, known));
      return [key, number] as const;
    }),
  );
}

/** How metrics hang together within clusters: as the command line says, else as the past was. */
interface SupposedClusters {
  readonly size: number | undefined;
  readonly correlations: ReadonlyMap<string, number>;
}

function supposedClusters(definition: Definition, values: CommandArguments["values"]): SupposedClusters {
  const given = text(values, "cluster-size");
  const size = given === undefined ? undefined : Number(given);
  if (size !== undefined && !(Number.isFinite(size) && size >= 1))
    throw new ExperimentError({ out_of_range }, ["--cluster-size"], given, { expected: { atLeast: 1 } });
  const correlations = byMetric(values, "correlation", definition);
  for (const [key, each] of correlations)
    if (!(each >= 0 && each <= 1))
      throw new ExperimentError({ out_of_range }, ["--correlation"], `${key}=${each}`, {
        expected: { atLeast: 0, atMost: 1 },
      });
  return { size, correlations };
}

/** A metric's clusters; undefined where units are randomised by themselves. */
function clustersOf(
  key: string,
  { size, correlations }: SupposedClusters,
  measured: Clusters | undefined,
  clustered: boolean,
): Clusters | undefined {
  const correlation = correlations.get(key) ?? measured?.correlation;
  const units = size ?? measured?.size;
  if (correlation !== undefined && units === undefined)
    throw new ExperimentError({ incomplete_option }, ["--correlation"], `${key}=${correlation}`, {
      example: "--cluster-size 25",
    });
  if (units === undefined && !clustered) return undefined;
  if (units === undefined || correlation === undefined)
    throw new ExperimentError({ missing_argument }, ["--correlation"], undefined, {
      example: `--correlation ${key}=0.05`,
    });
  const variation = size === undefined ? measured?.variation : undefined;
  return { size: units, correlation, ...(variation === undefined ? {} : { variation }) };
}

/** Goals and guardrails with what is supposed of them: as the command line says, else as the past was. */
export function supposedMetrics(
  definition: Definition,
  values: CommandArguments["values"],
  past: Past | undefined,
): readonly PlannedMetric[] {
  const of = (option: string) => byMetric(values, option, definition);
  const [baselines, deviations, lifts] = [of("baseline"), of("deviation"), of("lift")];
  const supposed = supposedClusters(definition, values);
  const clustered = text(values, "cluster") !== undefined;
  return definition.metrics.flatMap((metric): readonly PlannedMetric[] => {
    const { key, role, better, margin = 0, smallest = 0 } = metric;
    if (role === "diagnostic") return [];
    const known = past?.metrics.find((each) => each.key === key);
    const baseline = baselines.get(key) ?? known?.baseline;
    if (baseline === undefined)
      throw new ExperimentError({ missing_argument }, ["--baseline"], undefined, {
        example: `--baseline ${key}=0.1`,
      });
    const deviation = deviations.get(key);
    // A quantile's spread is not that of a unit's value: only past data say it.
    if (metricTypeOf(metric).ownSpread && (deviation !== undefined || known?.variance === undefined))
      throw new ExperimentError({ missing_argument }, ["--data"], undefined, {
        example: "--data last-month.csv",
      });
    const isAmount = metricTypeOf(metric).quantity === "amount";
    // A rate that nothing explains has the variance of its own value, whatever that will be.
    const measured = isAmount || known?.explained !== undefined ? known?.variance : undefined;
    const variance = deviation === undefined ? measured : deviation * deviation;
    if (variance === undefined && isAmount)
      throw new ExperimentError({ missing_argument }, ["--deviation"], undefined, {
        example: `--deviation ${key}=25`,
      });
    const clusters = clustersOf(key, supposed, known?.clusters, clustered);
    const sign = better === "lower" ? -1 : 1;
    const worth = role === "goal" && smallest > 0 ? sign * smallest : undefined;
    const lift = lifts.get(key) ?? worth;
    return [
      {
        ...{ key, role, baseline },
        ...(better === undefined ? {} : { better }),
        ...(variance === undefined ? {} : { variance }),
        ...(lift === undefined ? {} : { lift }),
        ...(role === "guardrail" && margin > 0 ? { margin } : {}),
        ...(role === "goal" && smallest > 0 ? { smallest } : {}),
        ...(clusters ? { clusters } : {}),
      },
    ];
  });
}
