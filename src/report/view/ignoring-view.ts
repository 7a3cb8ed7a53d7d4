import type { Report } from "../../analysis/index.js";
import { ignoringWithin, leftTold, worthTold } from "../words/ignoring-words.js";
import type { Voice } from "../words/language.js";
import { placeOf } from "./place.js";

/** A cell that ignores a variant, ready to be shown. */
export interface IgnoringRow {
  readonly cell: string;
  readonly name: string;
  readonly place: number;
  readonly metric: string;
  readonly band: readonly [low: number, high: number];
  readonly elsewhere: number;
  /** Cell, variant, metric, interval, everyone else, the largest effect left, units, worth. */
  readonly told: readonly string[];
  /** For those who cannot see the picture. */
  readonly picture: string;
}

/** Who ignores what, what is worth most first. */
export interface IgnoringView {
  readonly title: string;
  readonly how: string;
  readonly heads: readonly string[];
  readonly rows: readonly IgnoringRow[];
  /** Cells that are not listed. */
  readonly more: number;
}

const mostRows = 30;

/** @returns the cells that ignore a variant; undefined where none is found */
export function ignoringView(
  { ignoring = [], metrics, definition }: Report,
  voice: Voice,
): IgnoringView | undefined {
  if (ignoring.length === 0) return undefined;
  const rows = ignoring.slice(0, mostRows).map((each): IgnoringRow => {
    const quantity = metrics.find(({ key }) => key === each.metric)?.quantity ?? "amount";
    const evidence = { ...each, quantity };
    const { metric, contrast, units, interval, elsewhere, elsewhereInterval } = each;
    const cell = voice.cell(each.cell);
    const rest = voice.plainDifference(elsewhere, quantity, elsewhereInterval);
    const within = ignoringWithin(evidence, voice);
    return {
      ...{ cell, metric, elsewhere, name: contrast[1], band: interval },
      place: placeOf(definition, contrast[1]),
      told: [
        ...[cell, contrast[1], metric, within, rest, leftTold(evidence, voice)],
        ...[voice.count(units), worthTold(each, voice)],
      ],
      picture: voice.say("ignores_picture", {
        ...{ cell, treatment: contrast[1], metric, interval: within },
        elsewhere: voice.difference(elsewhere, quantity, elsewhereInterval),
      }),
    };
  });
  return {
    title: voice.say("ignores_title"),
    how: voice.say("ignores_how", { level: voice.share(ignoring[0]?.level ?? 0.95) }),
    heads: [
      ...[voice.say("cell"), voice.say("variant"), voice.say("metric"), voice.say("interval")],
      ...[voice.say("ignores_everyone"), voice.say("ignores_left_column")],
      ...[voice.say("rank_units").toLowerCase(), voice.say("ignores_worth_column")],
    ],
    rows,
    more: ignoring.length - rows.length,
  };
}
