import { aggregates } from "../metrics/aggregates/index.js";
import type { EventsColumns, PerUnitValue } from "../metrics/data/index.js";
import type { Where } from "../metrics/index.js";
import type { Dialect } from "./dialects/index.js";

/** Every condition on events once, with its text. */
export function wheresOf({
  values,
}: EventsColumns): readonly { readonly key: string; readonly where: Where }[] {
  const found = new Map(
    values.flatMap(({ where }) => (where ? [[JSON.stringify(where), where] as const] : [])),
  );
  return [...found].map(([key, where]) => ({ key, where }));
}

/** Whether an event is meant by a value's condition, which there must be. */
export function meantSql({ where }: PerUnitValue, wheres: ReturnType<typeof wheresOf>, prefix = ""): string {
  const key = JSON.stringify(where);
  return `${prefix}w${wheres.findIndex((each) => each.key === key)} = 1`;
}

/** Aggregates of one unit's joined events. */
export function perUnit(columns: EventsColumns, wheres: ReturnType<typeof wheresOf>, dialect: Dialect) {
  const { values, amounts, end } = columns;
  const once = columns.events.id === undefined ? "" : "e.nth = 1 AND ";
  const named = (value: PerUnitValue) => {
    const meant = value.where ? ` AND ${meantSql(value, wheres, "e.")}` : "";
    return `${once}e.event = ${dialect.literal(value.event)}${meant}`;
  };
  const later = (microseconds: number) =>
    microseconds === 0 ? "s.t" : `s.t + (${Math.round(microseconds)})`;
  const is = (value: PerUnitValue) => {
    const end = value.until === undefined ? "" : ` AND e.t < ${later(value.until)}`;
    const [from, to] = value.during ?? [];
    const during = from === undefined ? "" : ` AND e.t >= ${from} AND e.t < ${to}`;
    return `${named(value)} AND e.t >= ${later(value.since)}${end}${during}`;
  };
  /** Events of a name that count nowhere: those before the exposure, after it, and after every window. */
  const events = (columns.bare ? [] : [...new Set(values.map(({ event }) => event))]).map((event) => {
    const own = values.filter((value) => value.event === event);
    const taken = [...new Set(own.map((value) => `NOT (${is(value)})`))].join(" AND ");
    const here = `${once}e.event = ${dialect.literal(event)} AND ${taken}`;
    const ends = own.map(({ until }) => until);
    const last = ends.includes(undefined) ? undefined : Math.max(...ends.map((until = 0) => until));
    return {
      before: `${here} AND e.t < s.t`,
      after: last === undefined ? undefined : `${here} AND e.t >= ${later(Math.max(0, last))}`,
      outside: `${here} AND e.t >= s.t${last === undefined ? "" : ` AND e.t < ${later(Math.max(0, last))}`}`,
      windowed: own.some(({ since }) => since > 0),
    };
  });
  const amount = ({ amount }: PerUnitValue) => `e.a${amounts.indexOf(amount)}`;
  const counted = (condition: string) => `count(CASE WHEN ${condition} THEN 1 END)`;
  const total = (conditions: readonly (string | undefined)[]) =>
    conditions.flatMap((each) => (each === undefined ? [] : [counted(each)])).join(" + ") || "0";
  const summed = values.filter(({ of }) => aggregates[of].needsAmount);
  const noAmount = summed.map((value) => counted(`${is(value)} AND ${amount(value)} IS NULL`));
  return {
    values: values.map((value, i) => {
      const all = aggregates[value.of].sql(is(value), amount(value), dialect);
      const { over, during } = value;
      const last = end === undefined ? "NULL" : String(end - Math.round(over ?? 0));
      const has = [
        ...(over === undefined ? [] : [`min(s.t) <= ${last}`]),
        ...(during ? [`min(s.t) < ${during[1]}`] : []),
      ];
      return `${has.length > 0 ? `CASE WHEN ${has.join(" AND ")} THEN ${all} END` : all} AS x${i}`;
    }),
    counts: columns.bare
      ? {}
      : {
          joined: "count(e.t)",
          again: once === "" ? "0" : counted("e.nth > 1"),
          before: total(events.map(({ before }) => before)),
          after: total(events.map(({ after }) => after)),
          outside: total(events.map(({ outside, windowed }) => (windowed ? outside : undefined))),
          empty: noAmount.length > 0 ? noAmount.join(" + ") : "0",
        },
  };
}
