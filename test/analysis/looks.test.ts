import { describe, expect, it } from "vitest";
import { analyze, type LookHistory, type Report } from "../../src/analysis/index.js";
import type { Cell } from "../../src/core/cells.js";
import type { Plan } from "../../src/core/plan.js";
import { defineExperiment } from "../../src/definition/index.js";
import { normalSurvival, normalSurvivalQuantile } from "../../src/distributions/index.js";
import type { ExperimentError } from "../../src/errors/index.js";
import { randomSource, sampleBinomial } from "../../src/random/index.js";
import { findingSentence, toCsv, toHtml, toMarkdown, toText } from "../../src/report/index.js";
import { parseReport } from "../../src/schema/index.js";
import {
  eBenjaminiHochberg,
  groupSequentialDesign,
  sampleRatioMismatch,
  sequentialRatioMismatch,
  stagewise,
} from "../../src/stats/index.js";
import { oneSpender } from "../report/worlds.js";
import { conversionCell, conversionMetric, madeDefinition, madeSource } from "./made-cells.js";

const planOf = (looks?: Plan["looks"], more: Partial<Plan> = {}): Plan => ({
  level: 0.95,
  macro: "holm",
  micro: "benjamini-hochberg",
  ...(looks === undefined ? {} : { looks }),
  ...more,
});

type Side2 = readonly [units: number, conversions: number];

const read = (
  looks: Plan["looks"] | undefined,
  [n, x]: Side2,
  [m, y]: Side2,
  more: Partial<Plan> = {},
  history?: LookHistory | null,
  metric = conversionMetric("order", "goal"),
) =>
  analyze({
    experiment: madeDefinition(["control", "b"], { metrics: [metric], plan: planOf(looks, more) }),
    source: madeSource([conversionCell("control", n, x), conversionCell("b", m, y)]),
    ...(history === undefined ? {} : { history }),
  });

const fail = (): never => {
  throw new Error("no estimate");
};

describe("a plan with several looks", () => {
  const [control, treatment] = [
    [5000, 500],
    [5000, 575],
  ] as const;

  it("ships by one look what it does not ship by one of twenty", async () => {
    expect((await read(1, control, treatment)).recommendation.action).toBe("ship");
    expect((await read(20, control, treatment)).recommendation.action).toBe("keep_running");
  });

  it("reads what decides at a share of the error, and what other tools print at all of it", async () => {
    const [comparison] = (await read(20, control, treatment)).macro;
    const { fixed, planned } = comparison?.difference ?? {};
    expect(fixed).toMatchObject({ status: "ok", level: 0.95 });
    const [alone] = (await read(1, control, treatment)).macro;
    expect(fixed).toEqual(alone?.difference.planned);
    const [shared] = (await read(1, control, treatment, { level: 1 - 0.05 / 20 })).macro;
    const [own, single] = [planned, shared?.difference.planned].map((each) =>
      each?.status === "ok" ? each : fail(),
    );
    expect(planned).toMatchObject({ status: "ok", level: 0.95 });
    expect(own?.interval).toEqual(single?.interval);
    expect(own?.pValue).toBeCloseTo(20 * (single?.pValue ?? 0), 12);
  });

  it("holds a guardrail to its margin at the same share", async () => {
    const metrics = [
      conversionMetric("order", "goal"),
      conversionMetric("return", "guardrail", { better: "lower", margin: 0.2 }),
    ];
    const outcome = async (looks: number) => {
      const cells = [
        [10_000, 500, 1000],
        [10_000, 900, 1080],
      ].map(([units, orders, returns], at) => {
        const variant = at === 0 ? "control" : "b";
        const [a, b] = [
          conversionCell(variant, units as number, orders as number),
          conversionCell(variant, units as number, returns as number),
        ];
        return { ...a, moments: [...a.moments, ...b.moments] };
      });
      const report = await analyze({
        experiment: madeDefinition(["control", "b"], { metrics, plan: planOf(looks) }),
        source: madeSource(cells, { metrics: ["order", "return"] }),
      });
      return report.recommendation.rule;
    };
    expect(await outcome(1)).toBe("goal_better");
    expect(await outcome(100)).toBe("guardrail_open");
  });

  it("says how many looks there are and what each of them holds, and reads back", async () => {
    const report = await read(20, control, treatment);
    expect(toText(report)).toMatch(
      /one of the plan's 20 looks\.\s+A\s+single\s+test\s+is\s+read\s+at\s+99\.75%/,
    );
    expect(toText(report, { lang: "fr" })).toMatch(/l’une des 20\s+lectures du plan/);
    expect(parseReport(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });
});

interface Side {
  n: number;
  hits: number;
}

describe("shares of a plan with several looks", () => {
  const priors = [100, 1000, 10_000, 100_000];

  it("are checked by a test that holds at every look, and the sentence says so", async () => {
    const report = await read(30, [5000, 500], [5400, 540]);
    const [check] = report.checks;
    const { pValue } = sequentialRatioMismatch([5000, 5400], [1, 1], priors);
    expect(check).toMatchObject({ status: "passed", sequential: true, pValue });
    expect(sampleRatioMismatch([5000, 5400], [1, 1]).pValue).toBeLessThan(0.001);
    expect((await read(1, [5000, 500], [5400, 540])).checks[0]).toMatchObject({ status: "failed" });
    expect(toText(report).replace(/\s+/g, " ")).toContain(
      "hares are compatible with the plan (sequential test, p 0.007, which holds at every look)",
    );
  });

  it("that are broken fail at a few hundred units, and the finding says by which test", async () => {
    const report = await read(30, [600, 60], [400, 40]);
    expect(report.recommendation).toMatchObject({ action: "do_not_read", rule: "srm" });
    const srm = report.findings.find(({ kind }) => kind === "srm");
    expect(srm && findingSentence(srm)).toMatch(/sequential test, p < 0\.0001, which holds at every look\)/);
    expect(srm && findingSentence(srm, { lang: "fr" })).toMatch(/test séquentiel, p\s<\s0,0001, valable/);
  });

  it("raise at most the nominal false alarms over thirty looks, at few units and many", () => {
    const source = randomSource("sequential shares");
    const [runs, looks, threshold] = [600, 30, 0.01];
    for (const [perLook, share] of [
      [20, 0.5],
      [1000, 0.5],
      [200, 0.9],
    ] as const) {
      let [alarms, naive] = [0, 0];
      for (let run = 0; run < runs; run++) {
        let [first, n] = [0, 0];
        let [alarm, wrong] = [false, false];
        for (let look = 0; look < looks; look++) {
          first += sampleBinomial(source, perLook, share);
          n += perLook;
          const counts = [first, n - first];
          if (sequentialRatioMismatch(counts, [share, 1 - share], priors).pValue < threshold) alarm = true;
          if (n > 500 && sampleRatioMismatch(counts, [share, 1 - share]).pValue < threshold) wrong = true;
        }
        if (alarm) alarms++;
        if (wrong) naive++;
      }
      const error = Math.sqrt((threshold * (1 - threshold)) / runs);
      expect(alarms / runs, `${perLook} units a look`).toBeLessThan(threshold + 3 * error);
      if (perLook === 1000) expect(naive / runs).toBeGreaterThan(0.03);
    }
  });
});

describe("a plan that does not say how often it looks", () => {
  const [control, treatment] = [
    [5000, 500],
    [5000, 575],
  ] as const;

  it("is read twice, and ships only what holds however often one looks", async () => {
    const report = await read(undefined, control, treatment);
    expect(report.recommendation).toMatchObject({
      action: "keep_running",
      rule: "one_look_ships",
      about: "b",
    });
    const [verdict] = report.recommendation.variants;
    expect(verdict?.atOneLook).toMatchObject({ action: "ship", rule: "goal_better" });
    const text = toText(report).replace(/\s+/g, " ");
    expect(text).toContain("SHIP b, if this is the one planned look; otherwise KEEP RUNNING");
    expect(text).toContain("the results are read twice");
    expect(toText(report, { lang: "fr" }).replace(/\s+/g, " ")).toContain(
      "si c’est l’unique lecture prévue ; sinon CONTINUER",
    );
    expect(parseReport(JSON.parse(JSON.stringify(report)))).toEqual(report);
    expect((await read(undefined, control, [5000, 700])).recommendation).toMatchObject({ action: "ship" });
    expect((await read(undefined, control, [5000, 430])).recommendation).toMatchObject({
      rule: "one_look_stops",
    });
    expect((await read(undefined, control, [5000, 300])).recommendation).toMatchObject({ action: "stop" });
  });

  it("has the one look's numbers beside those of any look, whose interval is the wider one", async () => {
    const [unstated] = (await read(undefined, control, treatment)).macro;
    const [any] = (await read("any", control, treatment)).macro;
    const [once] = (await read(1, control, treatment)).macro;
    expect(unstated?.difference.planned).toEqual(any?.difference.planned);
    expect(unstated?.difference.fixed).toEqual(once?.difference.planned);
    const width = (report: typeof any) => {
      const { planned } = report?.difference ?? {};
      return planned?.status === "ok" ? planned.interval[1] - planned.interval[0] : Number.NaN;
    };
    expect(width(any)).toBeGreaterThan(1.3 * width(once));
  });
});

it("a plan that may look at any time has no planned end to wait for", async () => {
  const next = async (looks: Plan["looks"] | undefined) => {
    const report = await read(looks, [5000, 500], [5000, 505]);
    return toText(report).replace(/\s+/g, " ");
  };
  expect(await next("any")).toContain("look again whenever you like");
  for (const looks of [undefined, 1, 10]) expect(await next(looks)).toContain("to its planned end");
});

describe("alpha spending", () => {
  const plan = { units: 40_000 } as const;

  it("reads the last planned look at the design's own boundary", async () => {
    const report = await read(5, [20_000, 2000], [20_000, 2150], plan);
    const { upper } = groupSequentialDesign({ looks: 5 });
    expect(report.looks).toMatchObject({
      rule: "alpha-spending",
      look: 5,
      most: 5,
      units: 40_000,
      planned: 40_000,
    });
    expect(report.looks?.nominal).toBeCloseTo(1 - 2 * normalSurvival(upper[4] as number), 9);
    expect(report.looks?.spent).toBeCloseTo(0.05, 12);
  });

  it("says which look this is, how far information has come, what is spent and what is left", async () => {
    const text = toText(await read(4, [5000, 500], [5100, 530], plan)).replace(/\s+/g, " ");
    expect(text).toContain("This is look 1 of the plan's 4. 10,100 of 40,000 planned units have arrived.");
    expect(text).toContain(
      "Hardly any of the 5% of error is spent by now. A single test is read at more than 99.99%",
    );
  });

  it("keeps running at a look that is too early to show anything, and says why there is no interval", async () => {
    const report = await read(10, [150, 15], [150, 20], plan);
    expect(report.macro[0]?.difference.planned.status).toBe("unbounded");
    expect(report.recommendation).toMatchObject({ action: "keep_running", rule: "not_shown_yet" });
    const text = toText(report).replace(/\s+/g, " ");
    expect(text).toContain("It is too early to show anything");
    expect(text).toContain("too little has come in for an interval that holds at every look");
    expect(toText(report, { lang: "fr" })).not.toContain("too little");
  });

  it("ships at the end what equal shares do not", async () => {
    const arms = [
      [20_000, 2000],
      [20_000, 2140],
    ] as const;
    expect((await read(10, ...arms, plan)).recommendation.action).toBe("ship");
    expect((await read(10, ...arms)).recommendation.action).toBe("keep_running");
  });

  it.each([
    ["looks that are not counted", { method: "alpha-spending", units: 10 }, "uncounted_looks", "looks"],
    ["no planned end", { looks: 5, method: "alpha-spending" }, "missing_value", "units"],
    ["a schedule without a planned end", { looks: [0.5, 1] }, "missing_value", "units"],
    [
      "spending that nothing reads",
      { looks: "any", spending: { type: "pocock" } },
      "unused_setting",
      "spending",
    ],
    ["a method beside one look", { looks: 1, method: "always-valid" }, "unused_setting", "method"],
    ["a schedule that falls", { looks: [0.5, 0.4, 1], units: 10 }, "out_of_range", "looks"],
    ["a schedule that ends early", { looks: [0.5, 0.9], units: 10 }, "out_of_range", "looks"],
    ["more looks than are followed", { looks: 500, units: 10 }, "out_of_range", "looks"],
  ] as const)("refuses %s", (_, given, code, place) => {
    const make = () =>
      defineExperiment({ key: "e", unit: "u", variants: { control: 0, b: 1 }, plan: given as object });
    expect(make).toThrow(expect.objectContaining({ code }));
    try {
      make();
    } catch (error) {
      expect((error as ExperimentError).path.slice(0, 2)).toEqual(["plan", place]);
    }
  });
});

describe("a history of looks", () => {
  it("keeps what an earlier look has shown, and joins the intervals", async () => {
    const first = await read("any", [5000, 500], [5000, 610], {}, null);
    expect(first.recommendation.action).toBe("ship");
    const history = JSON.parse(JSON.stringify(first.looks?.history)) as LookHistory;
    const second = await read("any", [10_000, 1000], [10_000, 1120], {}, history);
    const alone = await read("any", [10_000, 1000], [10_000, 1120]);
    expect(alone.recommendation.action).toBe("keep_running");
    expect(second.recommendation.action).toBe("ship");
    expect(second.looks).toMatchObject({ look: 2 });
    const [a, b] = [first, second].map(({ macro }) => macro[0]?.difference.planned);
    if (a?.status !== "ok" || b?.status !== "ok") throw new Error("no estimate");
    expect(b.pValue).toBe(a.pValue);
    expect(b.interval[0]).toBe(a.interval[0]);
    expect(parseReport(JSON.parse(JSON.stringify(second)))).toEqual(second);
  });

  it("that leaves this look's value out is said so, and this look speaks for itself", async () => {
    const first = await read("any", [5000, 500], [5000, 700], {}, null);
    const second = await read("any", [50_000, 5000], [50_000, 4900], {}, first.looks?.history);
    const alone = await read("any", [50_000, 5000], [50_000, 4900]);
    const [now, own] = [second, alone].map(({ macro }) => macro[0]?.difference.planned);
    expect(now).toEqual({ ...own, flags: ["looks_disagree"] });
    expect(second.recommendation.action).toBe("keep_running");
    expect(toText(second).replace(/\s+/g, " ")).toContain("A caution stands beside the numbers of order");
  });

  it("is free for a repeated look", async () => {
    const plan = { units: 40_000 };
    const first = await read(4, [5000, 500], [5000, 560], plan, null);
    const again = await read(4, [5000, 500], [5000, 560], plan, first.looks?.history);
    expect(again).toEqual(first);
  });

  it("spends by what has really come in, however unevenly", async () => {
    const plan = { units: 40_000 };
    let history: LookHistory | null | undefined = null;
    const reports: Report[] = [];
    for (const units of [2000, 2600, 9000, 20_000]) {
      const report: Report = await read(4, [units, units / 10], [units, units / 10], plan, history);
      history = report.looks?.history;
      reports.push(report);
    }
    const bounds = groupSequentialDesign({ looks: [0.1, 0.13, 0.45, 1] });
    reports.forEach(({ looks }, at) => {
      expect(looks?.look).toBe(at + 1);
      expect(looks?.spent).toBeCloseTo(2 * (bounds.spent[at] as number), 9);
      expect(looks?.nominal).toBeCloseTo(1 - 2 * normalSurvival(bounds.upper[at] as number), 8);
    });
  });

  it.each([
    ["of another experiment", { experiment: "other" }, "mixed_trials", ["history", "experiment"]],
    ["of another version", { version: 7 }, "mixed_trials", ["history", "version"]],
    ["of another level", { level: 0.9 }, "plan_changed", ["level"]],
    ["of another plan", { plan: planOf("any") }, "plan_changed", ["history", "plan"]],
    ["of a newer format", { format: "essai.look-history/9" }, "unsupported_format", ["history", "format"]],
    [
      "of more units than there are",
      { looks: [{ units: 20_000, fraction: 0.5 }] },
      "shrunken_data",
      ["source"],
    ],
    [
      "that does not grow",
      { looks: [5, 5].map((units) => ({ units, fraction: 1 })) },
      "shrunken_data",
      ["history", "looks", 1, "units"],
    ],
    ["that has ended", { looks: [{ units: 9000, fraction: 1 }] }, "look_after_end", ["history"]],
    ["that holds something unknown", { more: 1 }, "unknown_key", ["history", "more"]],
  ] as const)("is refused: %s", async (_, change, code, path) => {
    const plan = { units: 40_000 };
    const first = await read(4, [5000, 500], [5000, 560], plan, null);
    const history = { ...first.looks?.history, ...change } as LookHistory;
    const error = await read(4, [5000, 500], [5000, 561], plan, history).then(
      fail,
      (each: ExperimentError) => each,
    );
    expect([error.code, error.path]).toEqual([code, path]);
  });
});

describe("false verdicts of a null, looked at many times", () => {
  const runs = 60;
  const spent = { units: 20 * 2 * 200 };
  it.each([
    ["any number of looks", "any", {}, 20, 0.05],
    ["a plan that does not say", undefined, {}, 20, 0.05],
    ["alpha spending", 20, spent, 20, 0.05],
    ["equal shares", 20, {}, 20, 0.05],
    ["equal shares of eight, often converting", 8, {}, 8, 0.2],
  ] as const)("%s: at most 5 %% of experiments ship or stop", async (name, planned, more, looks, rate) => {
    const source = randomSource(`null looks ${name}`);
    let [shown, wrong] = [0, 0];
    for (let run = 0; run < runs; run++) {
      const [x, y] = [0, 0].map(() => ({ n: 0, hits: 0 })) as [Side, Side];
      let [any, peeked] = [false, false];
      for (let look = 0; look < looks; look++) {
        for (const side of [x, y]) {
          side.n += 200;
          side.hits += sampleBinomial(source, 200, rate);
        }
        const report = await read(planned, [x.n, x.hits], [y.n, y.hits], more);
        if (["ship", "stop"].includes(report.recommendation.action)) any = true;
        const fixed = report.macro[0]?.difference.fixed;
        if (fixed?.status === "ok" && fixed.pValue < 0.05) peeked = true;
      }
      if (any) shown++;
      if (peeked) wrong++;
    }
    expect(shown / runs).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / runs));
    // The wrong version reads each look as if it were the only one.
    expect(wrong / runs).toBeGreaterThan(looks === 20 ? 0.12 : 0.05);
  });
});

describe("a test that stops under alpha spending", () => {
  const plan = { units: 40_000 };
  const stagewiseOf = ({ macro }: Report) => macro[0]?.difference.others?.stagewise;

  it("says what it shows with allowance for the stop: median-unbiased, nearer to none than the plain number", async () => {
    const report = await read([0.5, 1], [10_000, 1000], [10_000, 1140], plan);
    const [found] = report.macro;
    const [fixed, told] = [found?.difference.fixed, stagewiseOf(report)];
    if (fixed?.status !== "ok" || told?.status !== "ok") return fail();
    const { upper, lower } = groupSequentialDesign({ looks: [0.5, 1] });
    const z = normalSurvivalQuantile(fixed.pValue / 2);
    const taken = { fractions: [0.5], upper: upper.slice(0, 1), lower: lower.slice(0, 1) };
    const own = stagewise(taken, fixed.value, fixed.value / z);
    expect(told.value).toBeCloseTo(own.value ?? 0, 10);
    expect(told.pValue).toBeCloseTo(fixed.pValue, 10);
    const end = await read([0.5, 1], [20_000, 2000], [20_000, 2240], plan);
    const last = stagewiseOf(end);
    const plain = end.macro[0]?.difference.fixed;
    if (last?.status !== "ok" || plain?.status !== "ok") return fail();
    expect(last.value).toBeLessThan(plain.value);
    expect(last.pValue).toBeGreaterThan(plain.pValue);
    for (const lang of ["en", "fr"] as const) {
      const said =
        lang === "en" ? /with\s+allowance\s+for\s+the\s+stop/i : /en\s+tenant\s+compte\s+de\s+l’arrêt/i;
      expect(toText(end, { lang })).toMatch(said);
      expect(toMarkdown(end, { lang })).toMatch(said);
      expect(await toHtml(end, { lang })).toMatch(said);
    }
    expect(toCsv(end)).toMatch(/^stagewise,order,control,b,/m);
    expect(parseReport(JSON.parse(JSON.stringify(end)))).toEqual(end);
  });

  it("says nothing of the kind while it goes on, nor after an earlier look stopped it, nor under other plans", async () => {
    expect(stagewiseOf(await read([0.5, 1], [10_000, 1000], [10_000, 1030], plan))).toBeUndefined();
    expect(stagewiseOf(await read("any", [20_000, 2000], [20_000, 2240]))).toBeUndefined();
    const first = await read([0.5, 1], [10_000, 1000], [10_000, 1140], plan, null);
    const history = first.looks?.history ?? fail();
    const second = await read([0.5, 1], [20_000, 2000], [20_000, 2050], plan, history);
    expect(stagewiseOf(first)).toBeDefined();
    expect(stagewiseOf(second)).toBeUndefined();
  });
});

describe("what is told besides the macro comparisons", () => {
  const cell = (variant: string, levels: readonly string[], hits: number) =>
    conversionCell(variant, 5000, hits, levels);
  const sides = (levels: readonly string[], control: number, treatment: number) => [
    cell("control", levels, control),
    cell("b", levels, treatment),
  ];
  const analyzed = (looks: Plan["looks"], cells: readonly Cell[], dimensions: readonly string[]) =>
    analyze({
      experiment: madeDefinition(["control", "b"], { plan: planOf(looks) }),
      source: madeSource(cells, { dimensions: [...dimensions] }),
      dimensions,
    });

  it("levels that differ at one look are called different only where that holds at any look", async () => {
    const cells = [...sides(["mail"], 500, 500), ...sides(["web"], 500, 590)];
    const tests = await Promise.all(
      ([1, "any"] as const).map(async (looks) => (await analyzed(looks, cells, ["channel"])).between[0]),
    );
    const [once, any] = tests.map((test) => (test?.difference.status === "ok" ? test.difference : fail()));
    expect(any?.pValue).toBe(once?.pValue);
    expect(any?.pAdjusted).toBeGreaterThan(2 * (once?.pAdjusted ?? 1));
    expect(tests.map((test) => test?.opens)).toEqual([true, false]);
  });

  it("so are crossed cells", async () => {
    const cells = ["mail", "web"].flatMap((channel, i) =>
      ["new", "old"].flatMap((age, j) => sides([channel, age], 500, i === 1 && j === 1 ? 610 : 500)),
    );
    const screens = await Promise.all(
      ([1, "any"] as const).map(
        async (looks) => (await analyzed(looks, cells, ["channel", "age"])).screens[0],
      ),
    );
    const [once, any] = screens.map((screen) => (screen?.status === "ok" ? screen : fail()));
    expect(any?.pValue).toBe(once?.pValue);
    expect(any?.pAdjusted).toBeGreaterThan(2 * (once?.pAdjusted ?? 1));
    expect(screens.map((screen) => screen?.opens)).toEqual([true, false]);
  });

  it("cells that are always valid are corrected as evidence of this look alone, and the report says so", async () => {
    const levels = ["mail", "web", "app"];
    const look = (units: number, shown: number, history: LookHistory | null) =>
      analyze({
        experiment: madeDefinition(["control", "b"], { plan: planOf("any") }),
        source: madeSource(
          levels.flatMap((channel) => [
            conversionCell("control", units, units / 10, [channel]),
            conversionCell("b", units, channel === "mail" ? shown : units / 10, [channel]),
          ]),
          { dimensions: ["channel"] },
        ),
        ...{ dimensions: ["channel"], history },
      });
    const first = await look(2000, 300, null);
    const second = await look(4000, 430, first.looks?.history ?? null);
    const tests = second.micro.map(({ difference: { planned } }) =>
      planned.status === "ok" ? planned : fail(),
    );
    const together = eBenjaminiHochberg(tests.map(({ pValue }) => 1 / pValue));
    tests.forEach(({ pAdjusted }, at) => {
      expect(pAdjusted).toBeCloseTo(together[at] ?? 0, 12);
    });
    // The wrong version carries the most that evidence ever was, as what decides carries its smallest p-value.
    const mail = ({ micro }: Report) =>
      micro.find(({ cell }) => cell.channel === "mail")?.difference.planned.pValue ?? Number.NaN;
    expect(mail(first)).toBeLessThan(1e-4);
    expect(mail(second)).toBeGreaterThan(0.1);
    expect(second.macro[0]?.difference.planned.pValue).toBe(first.macro[0]?.difference.planned.pValue);
    const corrections = new Map(second.families.map(({ grain, correction }) => [grain, correction]));
    expect(corrections.get("micro")).toBe("e-benjamini-hochberg");
    expect(corrections.get("gains")).toBe("holm");
    const said = {
      en: /reads\s+the\s+evidence\s+of\s+this\s+look/,
      fr: /lit\s+les\s+preuves\s+de\s+cette\s+lecture/,
    };
    for (const lang of ["en", "fr"] as const) {
      expect(toText(second, { lang })).toMatch(said[lang]);
      expect(toMarkdown(second, { lang })).toMatch(said[lang]);
      expect(await toHtml(second, { lang })).toMatch(said[lang]);
    }
    expect(toCsv(second)).toContain("e-benjamini-hochberg");
    expect(parseReport(JSON.parse(JSON.stringify(second)))).toEqual(second);
  });

  it("a goal's smallest effect is found sooner where it is there", async () => {
    const p = async (more: object) => {
      const metric = conversionMetric("order", "goal", more);
      const plan = { units: 40_000 };
      const report = await read("any", [20_000, 1000], [20_000, 1110], plan, undefined, metric);
      const { planned } = report.macro[0]?.difference ?? {};
      return planned?.status === "ok" ? planned.pValue : Number.NaN;
    };
    expect(await p({ smallest: 0.1 })).toBeLessThan(0.8 * (await p({})));
  });

  it("what an earlier look has shown comes without this look's corrected interval", async () => {
    const metrics = [conversionMetric("order", "goal"), conversionMetric("visit", "goal")];
    const look = (n: number, hits: number, history: LookHistory | null) => {
      const cells = [n / 10, hits].map((each, at) => {
        const own = conversionCell(at === 0 ? "control" : "b", n, each);
        return { ...own, moments: [...own.moments, ...conversionCell("", n, n / 5).moments] };
      });
      return analyze({
        experiment: madeDefinition(["control", "b"], { metrics, plan: planOf("any") }),
        source: madeSource(cells, { metrics: ["order", "visit"] }),
        history,
      });
    };
    const first = await look(5000, 620, null);
    const second = await look(10_000, 1120, first.looks?.history ?? null);
    const [order, visit] = second.macro.map(({ difference }) => difference.planned);
    expect(order).toHaveProperty("pAdjusted");
    expect(order).not.toHaveProperty("simultaneous");
    expect(visit).toHaveProperty("simultaneous");
  });

  it("without one unit, the others' figure is read at any look too", async () => {
    const found = await Promise.all(
      ([1, "any"] as const).map(async (looks) => {
        const { influence, macro } = await oneSpender(19.5, 0.305, { plan: planOf(looks, { units: 400 }) });
        const { planned } = macro[0]?.difference ?? {};
        return { shown: planned?.status === "ok" && planned.pValue < 0.05, decides: influence[0]?.decides };
      }),
    );
    expect(found).toEqual([
      { shown: true, decides: false },
      { shown: true, decides: true },
    ]);
  });
});
