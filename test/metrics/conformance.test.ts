import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fromRows } from "../../src/analysis/index.js";
import type { MetricDefinition } from "../../src/core/metric-definition.js";
import { conditionShapes } from "../../src/definition/index.js";
import { aggregates } from "../../src/metrics/aggregates/index.js";
import {
  aggregatesOf,
  estimateMetric,
  type MetricType,
  metricShape,
  metricTypeOf,
  metricTypes,
} from "../../src/metrics/index.js";
import { summedTypes } from "../../src/metrics/settings/metric-settings.js";
import { type Fields, shapeProblems } from "../../src/shapes/index.js";
import { MomentsAccumulator } from "../../src/stats/index.js";
import { top } from "../boundaries/source-files.js";
import { type Row, request } from "../engines/support/messy.js";

const problemsOf = (metric: unknown) =>
  shapeProblems(metric, metricShape, [], conditionShapes).map(
    ({ code, path }) => `${code} at ${path.join(".")}`,
  );

const numbers: Readonly<Record<string, number>> = { from: 0.5, to: 2, cap: 10, percentile: 50 };

/** Settings as a definition could write them: only what must be there, or everything. */
function written(settings: Fields, everything: boolean, prefix = ""): object {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([key, setting]): [string, unknown][] => {
      if (setting.optional && !everything) return [];
      if (key === "where") return [[key, { attribute: "product", eq: "coat" }]];
      if (key === "reasons") return [[key, ["first", "second"]]];
      if (key === "days") return [[key, [1, 2]]];
      if (key === "cap") return [[key, numbers[key]]];
      if (setting.kind === "map") return [[key, { first: 2, second: -0.5 }]];
      if (setting.kind === "object") return [[key, written(setting.has, everything, `${prefix}${key}_`)]];
      if (setting.kind === "number") return [[key, numbers[key]]];
      return [[key, setting.kind === "word" ? setting.of.at(-1) : `${prefix}${key}`]];
    }),
  );
}

/** A metric without its windows and conditions, which a table does not have. */
const always = (metric: MetricDefinition): MetricDefinition =>
  JSON.parse(JSON.stringify(metric, (key, value) => (["window", "where"].includes(key) ? undefined : value)));

/** Metrics that others can be made of. */
const parts: readonly MetricDefinition[] = [
  { key: "first", type: "mean", role: "diagnostic" },
  { key: "second", type: "count", role: "diagnostic" },
];

const page = readFileSync(join(top, "docs/data.md"), "utf8");

describe.each(Object.entries<MetricType>(metricTypes))("metric type %s", (type, family) => {
  const minimal = { key: "m", type, role: "goal", ...written(family.settings, false) } as MetricDefinition;
  const member = metricTypeOf(minimal);
  const full = { ...minimal, ...written(member.settings, true) };
  const valuesOf = (metric: MetricDefinition) => aggregatesOf(metric, [metric, ...parts]);
  const names = valuesOf(minimal).map(({ name }) => name);
  const arm = (n: number, shift: number) => {
    const moments = new MomentsAccumulator(names, {
      ...{ m3: member.third, nonzero: member.third, distribution: member.distribution === true },
    });
    for (let i = 0; i < n; i++)
      moments.push(
        names.map((_, j) =>
          member.distribution ? 1 + ((7 * i + 3 * shift) % 23) : Math.floor(((i + shift) * (j + 3)) / 5) % 2,
        ),
      );
    return moments.moments();
  };

  it("has one sentence in each language", () => {
    for (const words of Object.values(member.words)) expect(words).toMatch(/^\p{Lu}.*\.$/u);
    expect(new Set(Object.values(member.words)).size).toBe(2);
  });

  it("is explained in docs/data.md, with its settings", () => {
    const told = [...Object.keys(member.settings), ...(summedTypes.includes(type) ? ["by"] : [])];
    const settings = told.map((name) => `\`${name}\``);
    expect(page).toContain(`| \`${type}\` | ${member.words.en} | ${settings.join(", ")} |`);
  });

  it("its settings are read, all of them and only them", () => {
    for (const metric of [minimal, full]) expect(problemsOf(metric)).toEqual([]);
    expect(problemsOf({ ...full, colum: "x" })).toEqual(["unknown_key at colum"]);
    for (const key of Object.keys(written(member.settings, false)))
      expect(problemsOf({ ...full, [key]: undefined })).toEqual([`missing_value at ${key}`]);
  });

  it("asks for values by different names, of known aggregates, each told where it is declared", () => {
    expect(new Set(names).size).toBe(names.length);
    for (const metric of [minimal, full])
      for (const { of, column, event, path } of valuesOf(metric).flatMap(({ terms }) => terms)) {
        expect(Object.keys(aggregates)).toContain(of);
        const [owner, ...within] = path;
        const declaring = [metric, ...parts].find(({ key }) => key === owner);
        const place = within.reduce(
          (at: unknown, key) => (at as Record<string, unknown>)[key],
          declaring as unknown,
        );
        expect(place).toBeTypeOf("object");
        const declared = place as { column?: string; event?: string };
        expect([column, event]).toEqual([declared.column ?? owner, declared.event ?? owner]);
      }
  });

  it("the difference is that of its value in each arm, the lift their ratio", () => {
    const [control, treatment] = [arm(990, 0), arm(11, 1)];
    const [a, b] = [member.linear(control), member.linear(treatment)];
    const { difference, lift } = estimateMetric(minimal, control, treatment);
    expect([difference.status, lift.status]).toEqual(["ok", "ok"]);
    expect([member.value(control), member.value(treatment)]).toEqual([a!.mean, b!.mean]);
    expect(difference.value).toBeCloseTo(b!.mean - a!.mean, 12);
    expect(lift.value).toBeCloseTo(b!.mean / a!.mean - 1, 12);
    expect(estimateMetric(minimal, treatment, control).difference.value).toBeCloseTo(a!.mean - b!.mean, 12);
  });

  it("read at one level after another it says what a comparison of its own says", () => {
    const strata = [0, 1].map((at) => ({ control: arm(40 + at, 0), treatment: arm(44, 3) }));
    for (const some of [strata.slice(1), strata]) {
      const reading = member.reads(some);
      for (const level of [0.95, 0.999, 0.95]) {
        const { named, ...both } = member.estimate(some, { level });
        expect(reading.at({ level })).toEqual(both);
        expect(reading.named({ level })).toEqual(named);
      }
      const apart = member.readsApart(some, strata);
      for (const level of [0.95, 0.999, 0.95])
        expect(apart({ level })).toEqual(member.apart(some, strata, { level }));
    }
  });

  it("with fewer than two units there is nothing to say", () => {
    expect(estimateMetric(minimal, arm(1, 0), arm(50, 1)).difference.status).toBe("undefined");
  });

  it("a log of events and a table of their aggregates give the same cells", async () => {
    const exposures: Row[] = [];
    const events: Row[] = [];
    const table: Row[] = [];
    const metric = always(full);
    const terms = valuesOf(metric).flatMap(({ terms }) => terms);
    // A metric that is both a part and a reason is read once.
    const wanted = [...new Map(terms.map((term) => [term.column, term])).values()];
    for (let i = 0; i < 60; i++) {
      const variant = i % 10 === 3 ? "b" : "a";
      exposures.push({ unit: `u${i}`, variant, at: 0 });
      const row: Record<string, Row[string]> = { variant };
      for (const { of, column, event, since = 0, value = "value" } of wanted) {
        let folded = 0;
        for (let k = 0; k < i % 3; k++) {
          events.push({ unit: `u${i}`, event, at: since / 1e6 + k, [value]: i + k / 4 });
          folded = aggregates[of].fold(folded, i + k / 4);
        }
        row[column] = folded;
      }
      table.push(row);
    }
    events.push({ unit: "nobody", event: "after all windows", at: 1e7 });
    const { definition, ...rest } = request([metric], [], ["a", "b"]);
    const asked = { ...rest, definition: { ...definition, metrics: [metric, ...parts] } };
    const mapping = {
      exposures: { unit: "unit", variant: "variant", at: "at" },
      events: { unit: "unit", at: "at", event: "event" },
    };
    const columns = Object.fromEntries(wanted.map(({ value = "value" }) => [value, null]));
    const log = { exposures, events: events.map((row) => ({ ...columns, ...row })) };
    const fromLog = await fromRows(log, mapping).read(asked);
    expect(fromLog.cells).toEqual((await fromRows(table, { variant: "variant" }).read(asked)).cells);
    expect(fromLog.cells.map(({ units }) => units)).toEqual([54, 6]);
  });
});

describe("a type that does not exist", () => {
  it("is refused with the nearest name", () => {
    const metric: MetricDefinition = { key: "m", type: "raito", role: "goal" };
    expect(() => aggregatesOf(metric, [metric])).toThrow(
      expect.objectContaining({ code: "unknown_name", path: ["metrics", "m", "type"] }),
    );
    expect(() => aggregatesOf(metric, [metric])).toThrow(/did you mean "ratio"/);
  });
});
