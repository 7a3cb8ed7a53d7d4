import type { CellsRequest, Tail } from "../../core/cells.js";
import type { Moments } from "../../core/moments.js";
import { mergeMoments } from "../../stats/index.js";
import { stepFrom, type TailPlan } from "./tail-steps.js";

/** Units of one variant and version with a value of one step, as a source found them. */
export interface TailPart {
  /** Variant key. */
  readonly variant: string;
  readonly version?: string;
  readonly plan: TailPlan;
  /** Undefined for values that are not positive. */
  readonly step: number | undefined;
  readonly moments: Moments;
}

/** The share of a variant's units that is kept by steps; the others say nothing of the heaviest. */
const kept = 0.05;

/** A variant's units of one value, by step. */
interface OpenTail extends Omit<Tail, "body" | "steps"> {
  readonly metricAt: number;
  readonly valueAt: number;
  readonly steps: Map<number | undefined, Moments>;
}

function closed({ variant, definitionVersion, metric, value, steps }: OpenTail): Tail {
  const all = [...steps].sort(([a = -Infinity], [b = -Infinity]) => b - a);
  let left = kept * all.reduce((units, [, { n }]) => units + n, 0);
  const own: { from: number; moments: Moments }[] = [];
  let body: Moments | undefined;
  for (const [step, moments] of all) {
    left -= moments.n;
    if (body || step === undefined || left < 0) body = body ? mergeMoments(body, moments) : moments;
    else own.unshift({ from: stepFrom(step), moments });
  }
  const { names = [] } = own[0]?.moments ?? {};
  const none = {
    n: 0,
    names,
    mean: names.map(() => 0),
    comoment: names.flatMap((_, i) => names.slice(0, i + 1).map(() => 0)),
  };
  return { variant, definitionVersion, metric, value, body: body ?? none, steps: own };
}

/**
 * Puts what a source found of its heaviest units together: steps of equal variant, version and value merged, all below
 * the heaviest 5 % of a variant's units in one.
 * @param parts  of variants and versions that cells were made of, too; others are left out
 * @returns the tails, in the order of variants, versions and metrics
 */
export function assembleTails(parts: Iterable<TailPart>, request: CellsRequest): readonly Tail[] {
  const { definition, metrics } = request;
  const variants: readonly string[] = definition.variants.map(({ key }) => key);
  const tails = new Map<string, OpenTail>();
  for (const { variant, version, plan, step, moments } of parts) {
    if (moments.n === 0) continue;
    const { metricAt, valueAt } = plan;
    const definitionVersion = version === undefined ? definition.version : Number(version);
    const [metric, value] = [metrics[metricAt]?.key, moments.names[valueAt]];
    if (
      !variants.includes(variant) ||
      !(definitionVersion >= 1) ||
      metric === undefined ||
      value === undefined
    )
      continue;
    const key = JSON.stringify([variant, definitionVersion, metricAt, valueAt]);
    let tail = tails.get(key);
    if (!tail) {
      tail = { variant, definitionVersion, metric, value, metricAt, valueAt, steps: new Map() };
      tails.set(key, tail);
    }
    const before = tail.steps.get(step);
    tail.steps.set(step, before ? mergeMoments(before, moments) : moments);
  }
  return [...tails.values()]
    .sort(
      (a, b) =>
        variants.indexOf(a.variant) - variants.indexOf(b.variant) ||
        a.definitionVersion - b.definitionVersion ||
        a.metricAt - b.metricAt ||
        a.valueAt - b.valueAt,
    )
    .map(closed);
}
