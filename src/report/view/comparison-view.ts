import type { Comparison, Contrast, Reading, ReportMetric } from "../../analysis/index.js";
import type { Estimate } from "../../core/estimate.js";
import { beliefSaid } from "../words/belief-said.js";
import { decisive } from "../words/decisive.js";
import type { Mark, Voice } from "../words/language.js";

/** One comparison formatted for display; a value that could not be computed is an empty string. */
export interface ComparisonView {
  /** The comparison itself, at full precision. */
  readonly comparison: Comparison;
  readonly metric: string;
  readonly role: ReportMetric["role"];
  readonly contrast: Contrast;
  /** `mens against none`. */
  readonly contrastName: string;
  /** `channel Web · newbie 1`; `everyone` for the whole experiment. */
  readonly cell: string;
  readonly control: string;
  readonly treatment: string;
  readonly difference: string;
  /** The same without its unit. */
  readonly plainDifference: string;
  readonly differenceInterval: string;
  readonly lift: string;
  readonly liftInterval: string;
  /** Cells: the difference shrunken towards the other cells, and its interval. */
  readonly shrunken: string;
  readonly shrunkenInterval: string;
  /** Corrected p-value. */
  readonly p: string;
  readonly mark: Mark;
  /** Why there is no estimate, or what to mind in reading it; empty when there is nothing to say. */
  readonly note: string;
  /** Cells: the difference among all other units, and the corrected p-value of the two being the same. */
  readonly elsewhere: string;
  readonly restP: string;
  /** The same as a clause: `p 0.012`. */
  readonly restPClause: string;
}

/** Whether a corrected estimate shows something, and whether that is good for the metric. */
export function markOf(estimate: Estimate, metric: ReportMetric): Mark {
  if (estimate.status !== "ok") return "none";
  const { belief } = estimate;
  if (belief) {
    const [treatment, control] = [belief.loss.treatment, belief.loss.control].map(
      (each) => each < belief.threshold,
    );
    return treatment === control ? "neutral" : treatment ? "good" : "bad";
  }
  if ((estimate.pAdjusted ?? estimate.pValue) >= 1 - estimate.level) return "neutral";
  return estimate.value > 0 === (metric.better !== "lower") ? "good" : "bad";
}

/** The difference as it is without adjustment for covariates, where it was adjusted. */
function unadjusted({ others }: Reading, { quantity }: ReportMetric, voice: Voice): readonly string[] {
  const plain = others?.unadjusted;
  if (plain?.value === undefined) return [];
  if (plain.status !== "ok")
    return [voice.say("unadjusted", { difference: voice.difference(plain.value, quantity) })];
  return [
    voice.say("unadjusted_interval", {
      difference: voice.difference(plain.value, quantity, plain.interval),
      interval: voice.differenceInterval(plain.interval, quantity),
    }),
  ];
}

/** The difference with allowance for a stop at this look, where a test stopped. */
function stopped({ others }: Reading, { quantity }: ReportMetric, voice: Voice): readonly string[] {
  const stage = others?.stagewise;
  if (stage?.status !== "ok") return [];
  return [
    voice.say("stopped_here", {
      difference: voice.difference(stage.value, quantity, stage.interval),
      interval: voice.differenceInterval(stage.interval, quantity),
      p: voice.p(stage.pValue),
    }),
  ];
}

/** The difference over all units, where only those that met a trigger are compared. */
function diluted({ others }: Reading, { quantity }: ReportMetric, voice: Voice): readonly string[] {
  const all = others?.diluted;
  if (all?.status !== "ok") return [];
  return [
    voice.say("diluted_to_all", {
      difference: voice.difference(all.value, quantity, all.interval),
      interval: voice.differenceInterval(all.interval, quantity),
    }),
  ];
}

/** What to mind about a difference and its lift, in words. */
function noteOf(comparison: Comparison, metric: ReportMetric, voice: Voice): string {
  const { contrast, difference: reading } = comparison;
  const [difference, lift] = [reading.planned, comparison.lift.planned];
  const { cautions, statuses, reason } = voice.words;
  const missing = (key: "estimate_missing" | "lift_missing", estimate: Exclude<Estimate, { status: "ok" }>) =>
    voice.say(key, { status: statuses[estimate.status], reason: reason(estimate.reason) });
  if (difference.status !== "ok") return missing("estimate_missing", difference);
  const flags = [difference, lift].flatMap((each) => (each.status === "ok" ? (each.flags ?? []) : []));
  const known = new Map<string, string>(Object.entries(cautions));
  const notes = [...new Set(flags)].flatMap((flag) => known.get(flag) ?? []);
  if (difference.belief) notes.push(beliefSaid(difference.belief, contrast, voice));
  if (lift.status !== "ok") notes.push(missing("lift_missing", lift));
  const beside = [unadjusted, diluted, stopped].flatMap((tell) => tell(reading, metric, voice));
  return [...notes, ...beside].join(voice.say("separator"));
}

/** @returns a comparison as strings */
export function comparisonView(comparison: Comparison, metric: ReportMetric, voice: Voice): ComparisonView {
  const { contrast, cell, values, elsewhere, versusRest, thin = false } = comparison;
  const [own, lift, apart] = [comparison.difference.planned, comparison.lift.planned, versusRest?.planned];
  const { shrunken } = comparison.difference;
  const { quantity } = metric;
  const side = (value: number | null, beside: number | null) =>
    value === null ? "–" : voice.level(value, quantity, beside ?? value);
  const levels = Object.entries(cell).map(([dimension, level]) => `${dimension} ${level}`);
  const decided = own.status === "ok" ? decisive(own) : undefined;
  const restP = apart?.status === "ok" ? (apart.pAdjusted ?? apart.pValue) : undefined;
  const told: ComparisonView = {
    comparison,
    metric: metric.key,
    role: metric.role,
    contrast,
    contrastName: voice.contrast(contrast),
    cell: levels.length > 0 ? levels.join(" · ") : voice.say("everyone"),
    control: side(values[0], values[1]),
    treatment: side(values[1], values[0]),
    difference: own.value === undefined ? "" : voice.difference(own.value, quantity, decided),
    plainDifference: own.value === undefined ? "" : voice.plainDifference(own.value, quantity, decided),
    differenceInterval: decided ? voice.differenceInterval(decided, quantity) : "",
    lift:
      lift.value === undefined
        ? ""
        : voice.lift(lift.value, lift.status === "ok" ? decisive(lift) : undefined),
    liftInterval:
      lift.status === "ok"
        ? voice.liftInterval(decisive(lift))
        : lift.status === "unbounded"
          ? voice.say("unbounded")
          : "",
    shrunken: shrunken?.status === "ok" ? voice.difference(shrunken.value, quantity, shrunken.interval) : "",
    shrunkenInterval: shrunken?.status === "ok" ? voice.differenceInterval(shrunken.interval, quantity) : "",
    p: own.status !== "ok" ? "" : own.belief ? "" : voice.pValue(own.pAdjusted ?? own.pValue),
    mark: markOf(own, metric),
    note: noteOf(comparison, metric, voice),
    elsewhere: elsewhere === undefined ? "" : voice.difference(elsewhere, quantity, decided),
    restP: restP === undefined ? "" : voice.pValue(restP),
    restPClause: restP === undefined ? "" : voice.p(restP),
  };
  const unsaid = {
    ...{ difference: "", plainDifference: "", differenceInterval: "" },
    ...{ lift: "", liftInterval: "", p: "" },
  };
  return thin ? { ...told, ...unsaid, mark: "none", note: voice.say("too_thin") } : told;
}
