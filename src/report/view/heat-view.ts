import type { Report, ReportMetric } from "../../analysis/index.js";
import { decisive } from "../words/decisive.js";
import type { Voice } from "../words/language.js";
import type { ComparisonView } from "./comparison-view.js";
import { placeOf } from "./place.js";
import { isThin } from "./thin.js";

/** Colour of a cell: below zero, zero within the interval, then four steps of size; or too thin, or nothing there. */
export type HeatStep = "h0" | "h1" | "h2" | "h3" | "h4" | "h5" | "thin" | "none";

/** One cell of a heat map. */
export interface HeatCell {
  readonly step: HeatStep;
  readonly effect: string;
  /** Half of its interval's width: `± 1.1`. */
  readonly half: string;
}

/** The cells of one treatment: rows by columns. */
export interface HeatBlock {
  readonly name: string;
  /** Place of the treatment among the variants; −1 where the columns are the treatments. */
  readonly place: number;
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly level: string;
    readonly cells: readonly HeatCell[];
    readonly all: string;
  }[];
  /** Effects over all rows, one per column, and over everything; empty where they were not computed. */
  readonly totals: readonly string[];
}

/** Heat maps of one metric over one or two dimensions. */
export interface HeatView {
  readonly metric: string;
  readonly title: string;
  /** What rows and columns are. */
  readonly about: string;
  /** The same for the corner of the table: `channel ↓ newbie →`. */
  readonly corner: string;
  readonly blocks: readonly HeatBlock[];
  readonly legend: readonly { readonly step: HeatStep; readonly text: string }[];
  /** How many rows and columns are not drawn, and where their cells are; empty where all are. */
  readonly left: string;
}

const mostColumns = 4;
const mostBlocks = 3;
const mostRows = 24;

/** Effect and interval that a cell shows: the shrunken ones where there are any. */
export function shownEffect({
  comparison,
}: ComparisonView): { value: number; interval: readonly [number, number] } | undefined {
  const { planned, shrunken } = comparison.difference;
  if (isThin(comparison) || planned.status !== "ok") return undefined;
  if (shrunken?.status === "ok") return { value: shrunken.value, interval: shrunken.interval };
  return { value: planned.value, interval: decisive(planned) };
}

/** A round number at or above a quarter of the largest effect, so that four steps reach it. */
function stepSize(largest: number): number {
  const quarter = largest / 4;
  const power = Number(`1e${Math.floor(Math.log10(quarter))}`);
  const factor = [1, 1.5, 2, 2.5, 3, 4, 5, 8, 10].find((each) => each * power >= quarter * (1 - 1e-9)) ?? 10;
  return factor * power;
}

interface Scale {
  readonly step: number;
  /** An interval of usual width, which sets everybody's decimals. */
  readonly usual: readonly [number, number];
  readonly sign: 1 | -1;
  readonly quantity: ReportMetric["quantity"];
}

function heatCell(
  view: ComparisonView | undefined,
  { step, sign, quantity, usual }: Scale,
  voice: Voice,
): HeatCell {
  if (!view) return { step: "none", effect: "", half: "" };
  const shown = shownEffect(view);
  if (!shown) return { step: "thin", effect: "", half: "" };
  const { value, interval } = shown;
  const half = (interval[1] - interval[0]) / 2;
  const told = {
    effect: voice.plainDifference(value, quantity, usual),
    half: voice.halfWidth(half, quantity, usual),
  };
  if (interval[0] <= 0 && interval[1] >= 0) return { step: "h1", ...told };
  if (sign * value < 0) return { step: "h0", ...told };
  const at = Math.min(4, Math.max(1, Math.ceil(Math.abs(value) / step - 1e-9)));
  return { step: `h${at + 1}` as HeatStep, ...told };
}

const chunks = <T>(list: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size));

function legendOf(
  { step, quantity }: Scale,
  better: boolean,
  thin: boolean,
  voice: Voice,
): HeatView["legend"] {
  const edge = (times: number) => voice.size(step * times, quantity);
  return [
    { step: "h0", text: voice.say(better ? "heat_worse" : "heat_below") },
    { step: "h1", text: voice.say("heat_zero") },
    { step: "h2", text: voice.say("heat_under", { edge: edge(1) }) },
    { step: "h3", text: voice.interval(edge(1), edge(2)) },
    { step: "h4", text: voice.interval(edge(2), edge(3)) },
    { step: "h5", text: voice.say("heat_over", { edge: edge(3) }) },
    ...(thin ? [{ step: "thin" as const, text: voice.say("too_thin") }] : []),
  ];
}

/** Says how many rows and columns are not drawn. */
function leftOut(rows: number, columns: number, voice: Voice): string {
  const counts = [
    ...(rows > mostRows ? [voice.say("heat_more_rows", { count: rows - mostRows })] : []),
    ...(columns > mostBlocks * mostColumns
      ? [voice.say("heat_more_columns", { count: columns - mostBlocks * mostColumns })]
      : []),
  ];
  return counts.length === 0 ? "" : voice.say("heat_left", { parts: counts.join(", ") });
}

/** Effects in the cells of one grain, one or two dimensions, as heat maps. */
function heatOf(
  report: Report,
  metric: ReportMetric,
  grain: readonly string[],
  views: readonly ComparisonView[],
  macro: readonly ComparisonView[],
  voice: Voice,
): HeatView | undefined {
  const { control, variants } = report.definition;
  const own = views.filter(({ metric: key, contrast }) => key === metric.key && contrast[0] === control);
  const inGrain = own.filter(({ comparison }) => {
    const keys = Object.keys(comparison.cell);
    return keys.length === grain.length && grain.every((dimension) => keys.includes(dimension));
  });
  if (inGrain.length === 0) return undefined;
  const levelsOf = (dimension: string) => [
    ...new Set(inGrain.map(({ comparison }) => comparison.cell[dimension] ?? "")),
  ];
  const treatments = variants.filter(({ key }) => inGrain.some(({ contrast }) => contrast[1] === key));
  const decided = inGrain.flatMap((view) => {
    const shown = shownEffect(view);
    return shown && (shown.interval[0] > 0 || shown.interval[1] < 0) ? [Math.abs(shown.value)] : [];
  });
  const sizes =
    decided.length > 0 ? decided : inGrain.flatMap((view) => Math.abs(shownEffect(view)?.value ?? 0));
  const halves = inGrain
    .flatMap((view) => {
      const interval = shownEffect(view)?.interval;
      return interval ? [(interval[1] - interval[0]) / 2] : [];
    })
    .sort((a, b) => a - b);
  const half = halves[Math.floor(halves.length / 2)] ?? 0;
  const scale: Scale = {
    usual: [-half, half],
    step: stepSize(Math.max(...sizes) || 1),
    sign: metric.better === "lower" ? -1 : 1,
    quantity: metric.quantity,
  };
  const [first, second] = grain as [string, string?];
  const keyOf = (treatment: string, cell: Readonly<Record<string, string>>) =>
    JSON.stringify([
      treatment,
      ...Object.entries(cell)
        .map((entry) => JSON.stringify(entry))
        .sort(),
    ]);
  const byKey = new Map(own.map((view) => [keyOf(view.contrast[1], view.comparison.cell), view]));
  const find = (treatment: string, cell: Readonly<Record<string, string>>) =>
    byKey.get(keyOf(treatment, cell));
  const told = (view: ComparisonView | undefined) => {
    const shown = view && shownEffect(view);
    return shown ? voice.plainDifference(shown.value, metric.quantity, scale.usual) : "";
  };
  const overall = (treatment: string) =>
    told(
      macro.find(
        ({ metric: key, contrast }) =>
          key === metric.key && contrast[0] === control && contrast[1] === treatment,
      ),
    );
  const thin = inGrain.some(({ comparison }) => isThin(comparison));
  const common = {
    metric: metric.key,
    title: voice.unit(metric.quantity)
      ? voice.say("heat_title_unit", { metric: metric.key, unit: voice.unit(metric.quantity), control })
      : voice.say("heat_title", { metric: metric.key, control }),
    legend: legendOf(scale, metric.better === "lower", thin, voice),
  };
  if (second === undefined) {
    const blocks = chunks(treatments, mostColumns).map(
      (part): HeatBlock => ({
        name: "",
        place: -1,
        columns: part.map(({ key }) => key),
        rows: levelsOf(first)
          .slice(0, mostRows)
          .map((level) => ({
            level,
            cells: part.map(({ key }) => heatCell(find(key, { [first]: level }), scale, voice)),
            all: "",
          })),
        totals: part.map(({ key }) => overall(key)),
      }),
    );
    const left = leftOut(levelsOf(first).length, 0, voice);
    return { ...common, about: voice.say("heat_rows", { rows: first }), corner: `${first} ↓`, blocks, left };
  }
  const [down, across] = levelsOf(first).length < levelsOf(second).length ? [second, first] : [first, second];
  const blocks = treatments.flatMap(({ key }) =>
    chunks(levelsOf(across).slice(0, mostBlocks * mostColumns), mostColumns).map((columns): HeatBlock => {
      const totals = columns.map((level) => told(find(key, { [across]: level })));
      return {
        name: key,
        place: placeOf(report.definition, key),
        columns,
        rows: levelsOf(down)
          .slice(0, mostRows)
          .map((level) => ({
            level,
            cells: columns.map((column) =>
              heatCell(find(key, { [down]: level, [across]: column }), scale, voice),
            ),
            all: told(find(key, { [down]: level })),
          })),
        totals: totals.some(Boolean) ? [...totals, overall(key)] : [],
      };
    }),
  );
  return {
    ...common,
    about: voice.say("heat_rows_columns", { rows: down, columns: across }),
    corner: `${down} ↓ ${across} →`,
    blocks,
    left: leftOut(levelsOf(down).length, levelsOf(across).length, voice),
  };
}

/** @returns heat maps of the goals over every pair of dimensions, and over each dimension that is in no pair */
export function heatViews(
  report: Report,
  micro: readonly ComparisonView[],
  macro: readonly ComparisonView[],
  voice: Voice,
): readonly HeatView[] {
  const pairs = report.grains.filter(({ length }) => length === 2);
  const lone = report.grains.filter(
    ([dimension, ...crossed]) =>
      crossed.length === 0 && !pairs.some((pair) => pair.includes(dimension ?? "")),
  );
  const goals = report.metrics.filter(({ role }) => role === "goal");
  const shown = goals.length > 0 ? goals : report.metrics.slice(0, 1);
  return shown.flatMap((metric) =>
    [...pairs, ...lone].flatMap((grain) => heatOf(report, metric, grain, micro, macro, voice) ?? []),
  );
}
