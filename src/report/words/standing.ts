import type { Evidence, VariantVerdict } from "../../analysis/index.js";
import { decisive, type Estimated } from "./decisive.js";
import type { Voice } from "./language.js";

/** What a verdict rests on, by what it means for the decision. */
export interface Standing {
  /** Goals shown to be better. */
  readonly gained: readonly Evidence[];
  /** Goals and guardrails shown to be worse. */
  readonly lost: readonly Evidence[];
  /** Guardrails shown to be worse, and to stay within their margin. */
  readonly tolerated: readonly Evidence[];
  /** Guardrails not shown to stay within their margin. */
  readonly open: readonly Evidence[];
  /** Guardrails without a margin, not shown to be harmed, whose interval leaves room for harm. */
  readonly unbounded: readonly Evidence[];
  /** Goals of which no effect worth having is left. */
  readonly negligible: readonly Evidence[];
  /** Goals whose gain the plan gives up. */
  readonly futile: readonly Evidence[];
}

/** @returns a verdict's evidence by what it means */
export function standingOf({ evidence }: Pick<VariantVerdict, "evidence">): Standing {
  const of = (test: (each: Evidence) => boolean) => evidence.filter(test);
  const guarded = ({ role }: Evidence) => role === "guardrail";
  return {
    gained: of((each) => !guarded(each) && each.outcome === "better"),
    lost: of(({ outcome }) => outcome === "worse"),
    tolerated: of(({ outcome }) => outcome === "tolerated"),
    open: of(
      (each) => guarded(each) && (each.margin ?? 0) > 0 && ["unclear", "undefined"].includes(each.outcome),
    ),
    unbounded: of((each) => guarded(each) && (each.margin ?? 0) === 0 && each.outcome === "unclear"),
    negligible: of(({ outcome }) => outcome === "negligible"),
    futile: of(({ outcome }) => outcome === "futile"),
  };
}

/**
 * @returns the interval that decided: at the plan's level where a margin or a smallest effect worth having is stated, else
 *          the one that agrees with the corrected p-value
 */
export function toldInterval(
  { margin = 0, smallest = 0 }: Evidence,
  lift: Estimated,
): readonly [number, number] {
  return margin > 0 || smallest > 0 ? lift.interval : decisive(lift);
}

/** @returns the metrics, each with its lift: `visit +72.1%, spend +12.0%` */
export function withLifts(evidence: readonly Evidence[], voice: Voice): string {
  return evidence
    .map(({ metric, lift }) =>
      lift.value === undefined
        ? metric
        : `${metric} ${voice.lift(lift.value, lift.status === "ok" ? decisive(lift) : undefined)}`,
    )
    .join(", ");
}

/** @returns the metrics' names, once each, that rest on few events */
export function onFewEvents(evidence: readonly Evidence[]): readonly string[] {
  return evidence
    .filter(({ difference }) => difference.status === "ok" && difference.flags?.includes("few_events"))
    .map(({ metric }) => metric);
}
