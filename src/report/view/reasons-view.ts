import type { Decomposition, Reading, ReasonPart, Report, ReportMetric } from "../../analysis/index.js";
import type { Quantity } from "../../core/quantity.js";
import { decisive } from "../words/decisive.js";
import type { Voice } from "../words/language.js";
import { reasonLabel } from "../words/reason-words.js";
import { placeOf } from "./place.js";
import type { ToldFinding } from "./told-finding.js";

/** What one step adds, ready to be shown. */
export interface ReasonRow {
  readonly label: string;
  /** The factor on both sides: `10.62% → 18.28%`; empty for all steps together. */
  readonly factor: string;
  readonly adds: string;
  readonly interval: string;
  readonly p: string;
  readonly value: number;
  readonly band: readonly [low: number, high: number];
  /** Whether the interval leaves zero out. */
  readonly shown: boolean;
}

/** One treatment's difference, step by step. */
export interface ReasonBridge {
  readonly metric: string;
  readonly quantity: Quantity;
  readonly contrast: string;
  readonly control: string;
  readonly name: string;
  readonly place: number;
  /** `spend per unit = visit × conversion per visit × spend per conversion`. */
  readonly product: string;
  /** The metric's value on both sides, and as they are told. */
  readonly ends: readonly [control: number, treatment: number];
  readonly endsTold: readonly [control: string, treatment: string];
  readonly rows: readonly ReasonRow[];
  readonly together: ReasonRow;
}

/** What each step adds in a cell. */
export interface ReasonCell {
  readonly cell: string;
  readonly contrast: string;
  /** Step by step, then all together; or why there is nothing to show. */
  readonly adds: readonly string[] | string;
}

/** The cells of one metric, under the names of its steps. */
export interface ReasonCells {
  readonly heads: readonly string[];
  readonly rows: readonly ReasonCell[];
}

/** Why metrics that name their reasons differ. */
export interface ReasonsView {
  /** One sentence per bridge, or why there is none. */
  readonly answer: string;
  /** Of a bridge's table: reason, factor, adds, interval, p. */
  readonly heads: readonly string[];
  readonly bridges: readonly ReasonBridge[];
  /** Whether steps add alike between levels, a line per dimension. */
  readonly between: readonly string[];
  readonly cells: readonly ReasonCells[];
  /** What to mind. */
  readonly notes: readonly string[];
}

type Split = Extract<Decomposition, { readonly status: "ok" }>;

function rowOf(
  label: string,
  factor: string,
  { planned }: Reading,
  quantity: Quantity,
  voice: Voice,
): ReasonRow | undefined {
  if (planned.status !== "ok") return undefined;
  const band = decisive(planned);
  return {
    ...{ label, factor, band, value: planned.value },
    adds: voice.plainDifference(planned.value, quantity, band),
    interval: voice.differenceInterval(band, quantity),
    p: voice.pValue(planned.pAdjusted ?? planned.pValue),
    shown: band[0] > 0 || band[1] < 0,
  };
}

/** Decimals follow the smaller of the two; only shares of units are percentages. */
function factorTold({ values: [control, treatment] }: ReasonPart, quantity: Quantity, voice: Voice): string {
  return voice.say("factor_told", {
    control: voice.level(control, quantity, treatment),
    treatment: voice.level(treatment, quantity, control),
  });
}

function bridgeOf(found: Split, metric: ReportMetric, report: Report, voice: Voice): readonly ReasonBridge[] {
  const { contrast, steps, purchases = false, reasons, difference } = found;
  const { quantity } = metric;
  const labelOf = (at: number) => reasonLabel(steps, at, purchases, voice);
  const kinds = steps.map((key) => report.definition.metrics.find((each) => each.key === key)?.type);
  const rows = reasons.flatMap((part, at) => {
    // Of a share of units among those of the step before, each unit counts once: that is a share, too.
    const share = kinds[at] === "conversion" && (at === 0 || kinds[at - 1] === "conversion");
    const factor = factorTold(part, share ? "fraction" : "amount", voice);
    return rowOf(labelOf(at), factor, part.contribution, quantity, voice) ?? [];
  });
  const together = rowOf(voice.say("reason_together"), "", difference, quantity, voice);
  if (!together || rows.length < steps.length) return [];
  const product = (side: 0 | 1) => reasons.reduce((all, { values }) => all * values[side], 1);
  const ends = [product(0), product(1)] as const;
  return [
    {
      ...{ metric: metric.key, quantity, rows, together, ends },
      contrast: voice.contrast(contrast),
      control: contrast[0],
      name: contrast[1],
      place: placeOf(report.definition, contrast[1]),
      product: voice.say("reasons_product", {
        metric: metric.key,
        factors: steps.map((_, at) => reasonLabel(steps, at, false, voice)).join(" × "),
      }),
      endsTold: [voice.level(ends[0], quantity, ends[1]), voice.level(ends[1], quantity, ends[0])],
    },
  ];
}

function cellRow(found: Decomposition, { quantity }: ReportMetric, voice: Voice): ReasonCell {
  const named = { cell: voice.cell(found.cell), contrast: voice.contrast(found.contrast) };
  if (found.status !== "ok") return { ...named, adds: voice.words.reason(found.reason) };
  if (found.thin) return { ...named, adds: voice.words.readings.too_thin };
  const readings = [...found.reasons.map(({ contribution }) => contribution), found.difference];
  return {
    ...named,
    adds: readings.map(({ planned }) =>
      planned.status === "ok"
        ? voice.say("adds_within", {
            part: voice.plainDifference(planned.value, quantity, decisive(planned)),
            interval: voice.differenceInterval(decisive(planned), quantity),
          })
        : "–",
    ),
  };
}

function cellsOf(
  micro: readonly Decomposition[],
  metric: ReportMetric,
  voice: Voice,
): readonly ReasonCells[] {
  const own = micro.filter((each) => each.metric === metric.key);
  const [first] = own;
  if (!first) return [];
  const { steps, purchases = false } = first;
  return [
    {
      heads: [
        ...[voice.say("cell"), voice.say("contrast_column")],
        ...steps.map((_, at) => reasonLabel(steps, at, purchases, voice)),
        voice.say("reason_together"),
      ],
      rows: own.map((each) => cellRow(each, metric, voice)),
    },
  ];
}

function betweenLines({ reasons, level, metrics }: Report, voice: Voice): readonly string[] {
  const tests = reasons?.between ?? [];
  return [...new Set(tests.map(({ dimension }) => dimension))].flatMap((dimension) => {
    const own = tests.flatMap((test) => (test.dimension === dimension && test.status === "ok" ? [test] : []));
    const differing = own.flatMap((test) => {
      if (test.pAdjusted >= 1 - level) return [];
      const found = reasons?.macro.find(({ metric }) => metric === test.metric);
      if (!found) return [];
      const { steps, purchases = false } = found;
      const label = reasonLabel(steps, steps.indexOf(test.step), purchases, voice);
      const about = metrics.length > 1 ? `${test.metric}, ` : "";
      return [`${about}${label} (${voice.contrast(test.contrast)}, ${voice.p(test.pAdjusted)})`];
    });
    if (own.length === 0) return [];
    return differing.length > 0
      ? [voice.say("reasons_differ", { dimension, list: differing.join(voice.say("separator")) })]
      : [voice.say("reasons_alike", { dimension })];
  });
}

/** Why there is no bridge. */
function missing(found: Decomposition, voice: Voice): readonly string[] {
  const line =
    found.status !== "ok" ? voice.words.reason(found.reason) : found.thin ? voice.say("reasons_thin") : "";
  return line
    ? [voice.say("scoped", { scope: `${found.metric}, ${voice.contrast(found.contrast)}`, line })]
    : [];
}

/** @returns why metrics that name their reasons differ; undefined where none does */
export function reasonsView(
  report: Report,
  findings: readonly ToldFinding[],
  voice: Voice,
): ReasonsView | undefined {
  const { reasons, metrics, adjustments = [] } = report;
  if (!reasons) return undefined;
  const metricOf = (key: string) => metrics.filter((metric) => metric.key === key);
  const bridges = reasons.macro.flatMap((found) =>
    found.status === "ok" && !found.thin
      ? metricOf(found.metric).flatMap((metric) => bridgeOf(found, metric, report, voice))
      : [],
  );
  const adjusted = bridges.some(({ metric }) =>
    adjustments.some((each) => each.metric === metric && each.status === "adjusted"),
  );
  return {
    answer: findings.flatMap(({ kind, sentence }) => (kind === "reasons" ? [sentence] : [])).join(" "),
    heads: [
      ...[voice.say("reason_column"), voice.say("values_reason"), voice.say("reason_adds")],
      ...[voice.say("interval"), voice.say("p_column")],
    ],
    bridges,
    between: betweenLines(report, voice),
    cells: metrics.flatMap((metric) => cellsOf(reasons.micro, metric, voice)),
    notes: [
      ...reasons.macro.flatMap((found) => missing(found, voice)),
      ...(adjusted ? [voice.say("reasons_adjusted")] : []),
    ],
  };
}
