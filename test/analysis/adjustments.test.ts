import { defineExperiment } from "essai";
import { type Adjustment, analyze, fromCells, fromRows, type Report } from "essai/analysis";
import { type RandomSource, randomSource, sampleNormal } from "essai/random";
import { toCsv, toHtml, toMarkdown, toText } from "essai/report";
import { parseReport } from "essai/schema";
import { cuped, cupedRatio, MomentsAccumulator } from "essai/stats";
import { describe, expect, it } from "vitest";
import { errorsOf } from "../errors/errors-of.js";

interface Row {
  readonly variant: string;
  readonly channel: string;
  readonly history: number | null;
  readonly spend: number;
  readonly bought: number;
  readonly visits: number;
}

/** Customers whose spending follows what they spent before; a share of them is treated and spends more. */
function rows(n: number, effect: number, { treated = 0.5, seed = "a", missing = 0, moved = 0 } = {}): Row[] {
  const random: RandomSource = randomSource(seed);
  return Array.from({ length: n }, () => {
    const fresh = random.next() < treated;
    const history = 50 + 20 * sampleNormal(random) + (fresh ? moved : 0);
    const spend = 10 + 0.8 * history + 12 * sampleNormal(random) + (fresh ? effect : 0);
    return {
      variant: fresh ? "new" : "old",
      channel: random.next() < 0.5 ? "web" : "mail",
      history: random.next() < missing ? null : history,
      spend,
      bought: random.next() < 0.05 + history / 200 ? 1 : 0,
      visits: 1 + Math.floor(4 * random.next()),
    };
  });
}

const covariates = [{ column: "history" }];
const sides = { numerator: { column: "spend" }, denominator: { column: "visits" } };
const all = {
  spend: { type: "mean", covariates },
  bought: { type: "conversion", covariates },
  per_visit: { type: "ratio", ...sides, covariates },
  plain: { type: "mean", column: "spend" },
};
const experiment = (metrics: object = all, looks: "any" | 1 = 1) =>
  defineExperiment({
    key: "offer",
    unit: "customer",
    control: "old",
    variants: { old: null, new: null },
    metrics: Object.entries(metrics).map(([key, metric]) => ({ key, role: "goal", ...metric })),
    plan: { looks },
  });
const source = (data: readonly Row[]) => fromRows(data, { variant: "variant", dimensions: ["channel"] });
const read = (data: readonly Row[], metrics: object = all, rest: object = {}): Promise<Report> =>
  analyze({ experiment: experiment(metrics), source: source(data), ...rest });
const macro = (report: Report, metric: string) => report.macro.find((each) => each.metric === metric)!;
const adjustmentOf = ({ adjustments = [] }: Report, metric: string): Adjustment =>
  adjustments.find((each) => each.metric === metric)!;
const errorIn = (estimate: object) => (estimate as { standardError: number }).standardError;

function arm(data: readonly Row[], variant: string, ...keys: ("spend" | "visits" | "history")[]) {
  const accumulator = new MomentsAccumulator(keys, { m3: true });
  for (const row of data)
    if (row.variant === variant) accumulator.push(keys.map((key) => row[key] as number));
  return accumulator.moments();
}

describe("covariates of a metric", () => {
  const data = rows(4000, 1.5);

  it("adjust as `cuped` does, on both scales, beside the unadjusted difference", async () => {
    const report = await read(data);
    const { difference, lift, values } = macro(report, "spend");
    const book = cuped(arm(data, "old", "spend", "history"), arm(data, "new", "spend", "history"));
    expect(difference.planned).toMatchObject({ status: "ok", method: "cuped-welch" });
    expect(difference.planned.value).toBeCloseTo(book.adjusted.difference.value!, 10);
    expect(errorIn(difference.planned)).toBeCloseTo(errorIn(book.adjusted.difference), 10);
    expect(lift.planned.value).toBeCloseTo(book.adjusted.lift.value!, 10);
    expect(values[1]! - values[0]!).toBeCloseTo(difference.planned.value!, 10);
    expect(macro(report, "plain").difference.planned).toMatchObject(difference.others!.unadjusted!);
    const explained = book.health.correlation ** 2;
    expect(adjustmentOf(report, "spend")).toEqual({
      ...{ metric: "spend", status: "adjusted", units: 4000, missing: 0 },
      balance: expect.closeTo(book.health.balance.pValue, 10),
      explained: expect.closeTo(explained, 10),
      worth: Math.round((4000 * explained) / (1 - explained)),
    });
  });

  it("adjust ratios as `cupedRatio` does", async () => {
    const { difference } = macro(await read(data), "per_visit");
    const [control, treatment] = ["old", "new"].map((variant) =>
      arm(data, variant, "spend", "visits", "history"),
    );
    const book = cupedRatio(control!, treatment!) as Exclude<
      ReturnType<typeof cupedRatio>,
      { status: string }
    >;
    expect(difference.planned.value).toBeCloseTo(book.adjusted.difference.value!, 3);
    expect(errorIn(difference.planned) / errorIn(book.adjusted.difference)).toBeCloseTo(1, 3);
  });

  it("keep every unit: where one has none it counts with an indicator", async () => {
    const holes = rows(4000, 1.5, { missing: 0.2 });
    const report = await read(holes);
    const { units } = macro(report, "spend");
    expect(units[0] + units[1]).toBe(4000);
    const found = adjustmentOf(report, "spend");
    expect(found.status === "adjusted" && found.missing).toBeGreaterThan(0.17);
    expect(found.status === "adjusted" && found.explained).toBeGreaterThan(0.45);
    expect(errorIn(macro(report, "spend").difference.planned)).toBeLessThan(
      0.75 * errorIn(macro(report, "plain").difference.planned),
    );
  });

  it("narrow cells, the rest of cells, levels and planned looks alike", async () => {
    const asked = { dimensions: ["channel"] };
    const report = await analyze({
      ...{ experiment: experiment(all, "any"), source: source(data) },
      ...asked,
    });
    const width = (metric: string) => {
      const cells = report.micro.filter((each) => each.metric === metric);
      const stratified = report.stratified.find((each) => each.metric === metric)!;
      return [
        ...cells.map(({ difference }) => errorIn(difference.planned)),
        errorIn(macro(report, metric).difference.planned),
        errorIn(stratified.stratified),
      ];
    };
    const [own, plain] = [width("spend"), width("plain")];
    for (const [i, error] of own.entries()) expect(error / plain[i]!).toBeLessThan(0.7);
    const { difference } = macro(report, "spend");
    expect(difference.planned).not.toEqual(difference.fixed);
    const [web] = report.micro.filter(({ metric, cell }) => metric === "spend" && cell.channel === "web");
    const [mail] = report.micro.filter(({ metric, cell }) => metric === "spend" && cell.channel === "mail");
    expect(web!.elsewhere).toBeCloseTo(mail!.difference.fixed.value!, 9);
  });

  it("and of cells that merge into the whole, the adjusted whole is that of rows", async () => {
    const asked = { definition: experiment(), metrics: experiment().metrics, dimensions: ["channel"] };
    const cells = JSON.parse(JSON.stringify(await source(data).read(asked)));
    const again = await analyze({ experiment: experiment(), source: fromCells(cells) });
    const { value } = macro(await read(data), "spend").difference.planned;
    expect(macro(again, "spend").difference.planned.value).toBeCloseTo(value!, 9);
    const bare = { ...cells, cells: cells.cells.map(withoutCovariates) };
    const without = await analyze({ experiment: experiment(), source: fromCells(bare) });
    expect(adjustmentOf(without, "spend")).toMatchObject({
      ...{ status: "declined", reason: "the cells hold no covariates" },
    });
    expect(macro(without, "spend").difference.planned).toMatchObject({ method: "welch" });
  });

  it("that the variant moved are refused, with the reason, and the unadjusted number is what is shown", async () => {
    const report = await read(rows(4000, 1.5, { moved: 5 }));
    expect(adjustmentOf(report, "spend")).toMatchObject({
      status: "declined",
      reason:
        "the covariates differ between the variants by more than chance allows, so the variant may have moved them",
    });
    expect(macro(report, "spend").difference.planned).toEqual(macro(report, "plain").difference.planned);
    expect(toText(report)).toMatch(/spend \(not adjusted for history: the covariates differ/);
  });

  it("are not used where conversions are sparse: overall, or in a cell", async () => {
    const few = await read(rows(600, 0));
    expect(adjustmentOf(few, "bought")).toMatchObject({ status: "declined" });
    expect(macro(few, "bought").difference.planned.method).toMatch(/^scas/);
    const report = await analyze({
      experiment: experiment(),
      source: source(rows(4000, 0).map((row, i) => ({ ...row, channel: i % 20 === 0 ? "kiosk" : "web" }))),
      dimensions: ["channel"],
    });
    const cell = (channel: string) =>
      report.micro.find((each) => each.metric === "bought" && each.cell.channel === channel)!;
    expect(cell("web").difference.planned.method).toMatch(/^cuped/);
    expect(cell("kiosk").difference.planned).toMatchObject({ flags: ["unadjusted"] });
    expect(cell("kiosk").difference.planned.method).toMatch(/^scas/);
  });

  it("that do not vary, or come with too few units, are not used", async () => {
    const flat = await read(data.map((row) => ({ ...row, history: 7 })));
    expect(adjustmentOf(flat, "spend")).toMatchObject({
      reason: "the covariates are the same for all units",
    });
    expect(adjustmentOf(await read(rows(40, 0)), "spend")).toMatchObject({
      reason: "fewer than 50 units for each covariate",
    });
  });

  it("are told in every format and both languages", async () => {
    const report = await read(data);
    expect(parseReport(JSON.parse(JSON.stringify(report)))).toEqual(report);
    const told = /adjusted for history \(64\.\d% explained\): as precise as with [67],\d{3} more units/;
    for (const format of [toText, toMarkdown, toHtml]) {
      const text = (await format(report)).replaceAll(/\s+/g, " ");
      expect(text).toMatch(told);
      expect(text).toMatch(/[Uu]nadjusted \+/);
      expect(text).toMatch(/is alike in all variants: spend \(p 0\.\d+\)/);
      expect(await format(report, { lang: "fr" })).toMatch(/ajusté sur history/);
    }
    expect(toCsv(report)).toMatch(
      /\r\nadjustment,spend,.*,adjusted,cuped,0\.64.*as precise as \d+ more units\r\n/,
    );
    expect(toCsv(report)).toMatch(/\r\nunadjusted,spend,old,new,,difference,/);
  });

  it("hold their level where nothing happens, at unequal shares", async () => {
    const metrics = { spend: all.spend };
    let [missed, looked] = [0, 0];
    for (let seed = 0; seed < 400; seed++) {
      const { planned } = macro(
        await read(rows(500, 0, { treated: 0.2, seed: `null ${seed}` }), metrics),
        "spend",
      ).difference;
      looked++;
      if (planned.status !== "ok" || planned.interval[0] > 0 || planned.interval[1] < 0) missed++;
    }
    // 4.5 binomial standard errors about 5 %.
    expect(missed / looked).toBeGreaterThan(0.001);
    expect(missed / looked).toBeLessThan(0.05 + 4.5 * Math.sqrt((0.05 * 0.95) / looked));
  });
});

function withoutCovariates(cell: {
  moments: { n: number; names: string[]; mean: number[]; comoment: number[] }[];
}) {
  const own = [1, 1, 2, 1];
  return {
    ...cell,
    moments: cell.moments.map(({ n, names, mean, comoment }, i) => {
      const k = own[i]!;
      return {
        ...{ n, names: names.slice(0, k), mean: mean.slice(0, k) },
        comoment: comoment.slice(0, (k * (k + 1)) / 2),
      };
    }),
  };
}

describe("a definition's covariates", () => {
  const told = (covariate: object, more: object = {}) =>
    errorsOf(() => experiment({ spend: { type: "mean", covariates: [covariate] }, ...more })).map(
      ({ code, path }) => `${code} ${path.join(".")}`,
    );

  it("are columns, or periods before the exposure", () => {
    expect(told({ column: "history" })).toEqual([]);
    for (const before of ["14 days", "1 day", "36 hours", "2 weeks"]) expect(told({ before })).toEqual([]);
    for (const before of ["14", "days", "0 days", "-1 day", "1.5 days", "14 jours", "14days", "14 days "])
      expect(told({ before })).toEqual(["not_a_period metrics.0.covariates.0.before"]);
    expect(told({})).toHaveLength(1);
    expect(told({ columm: "history" })).toEqual(["unknown_key metrics.0.covariates.0.columm"]);
    expect(errorsOf(() => experiment({ spend: { type: "mean", covariates: [] } }))).toHaveLength(1);
  });

  it("are not outcomes, and each is told once", () => {
    expect(told({ column: "spend" })).toEqual(["outcome_covariate metrics.0.covariates.0.column"]);
    expect(told({ column: "orders" }, { orders: { type: "count" } })).toEqual([
      "outcome_covariate metrics.0.covariates.0.column",
    ]);
    expect(told({ column: "visits" }, { per_visit: { type: "ratio", ...sides } })).toEqual([
      "outcome_covariate metrics.0.covariates.0.column",
    ]);
    const twice = [{ before: "1 day" }, { before: "1 day" }];
    expect(errorsOf(() => experiment({ spend: { type: "mean", covariates: twice } }))).toMatchObject([
      { code: "duplicate_key", path: ["metrics", 0, "covariates", 1, "before"] },
    ]);
  });

  it("are refused where the data are of the other kind", async () => {
    const early = { spend: { type: "mean", covariates: [{ before: "14 days" }] } };
    await expect(read(rows(10, 0), early)).rejects.toMatchObject({
      problems: [{ code: "unreadable_covariate", path: ["metrics", "spend", "covariates", "0", "before"] }],
    });
    const events = {
      exposures: [{ unit: "a", variant: "old", at: "2026-01-01" }],
      events: [{ unit: "a", event: "spend", at: "2026-01-02", value: 1 }],
    };
    const mapping = {
      exposures: { unit: "unit", variant: "variant", at: "at" },
      events: { unit: "unit", event: "event", at: "at" },
    };
    await expect(
      analyze({ experiment: experiment({ spend: all.spend }), source: fromRows(events, mapping) }),
    ).rejects.toMatchObject({
      problems: [{ code: "unreadable_covariate", path: ["metrics", "spend", "covariates", "0", "column"] }],
    });
  });
});
