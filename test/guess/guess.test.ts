import { describe, expect, it } from "vitest";
import type { Spelling } from "../../src/core/data-spelling.js";
import {
  experimentOf,
  type Guess,
  guessExperiment,
  summarizeColumn,
  type Told,
  type Unclear,
} from "../../src/guess/index.js";
import { randomSource } from "../../src/random/index.js";
import { parseExperiment } from "../../src/schema/index.js";

type Row = Readonly<Record<string, unknown>>;

const random = randomSource("guess");
const chance = (probability: number) => random.next() < probability;
const below = (n: number) => Math.floor(random.next() * n);
const pick = <T>(list: readonly T[]) => list[below(list.length)] as T;

function guessed(rows: readonly Row[], told: Told & Spelling = {}): Guess | Unclear {
  const names = Object.keys(rows[0] ?? {});
  const columns = names.map((name) =>
    summarizeColumn(
      name,
      rows.map((row) => row[name]),
      told,
    ),
  );
  return guessExperiment({ rows: rows.length, columns }, told);
}

/** What matters of a guess, in short. */
function short(guess: Guess | Unclear) {
  if (guess.status === "unclear") return { unclear: guess.what };
  return {
    variant: guess.variant.column,
    control: guess.control.level,
    unit: guess.unit?.column,
    outcomes: guess.outcomes.map(
      ({ column, type, better }) => `${column} ${type}${better === "lower" ? " lower" : ""}`,
    ),
    dimensions: guess.dimensions.map(({ column }) => column),
    ignored: Object.fromEntries(guess.ignored.map(({ column, why }) => [column, why])),
  };
}

const rowsOf = (make: (at: number) => Row, count = 1200) =>
  Array.from({ length: count }, (_, at) => make(at));
const flag = (probability: number) => (chance(probability) ? "1" : "0");
const amount = () => (chance(0.2) ? (random.next() * 90).toFixed(2) : "0");

/** Tables as they lie about, and what a person would take their columns for. */
const tables: readonly (readonly [string, () => readonly Row[], Partial<ReturnType<typeof short>>])[] = [
  [
    "an e-mail test whose segments are its variants",
    () =>
      rowsOf(() => ({
        recency: below(12) + 1,
        history_segment: pick(["1) $0 - $100", "2) $100 - $200"]),
        history: (random.next() * 300).toFixed(2),
        mens: flag(0.5),
        zip_code: pick(["Urban", "Rural"]),
        segment: pick(["Mens E-Mail", "No E-Mail", "Womens E-Mail"]),
        visit: flag(0.15),
        conversion: flag(0.01),
        spend: amount(),
      })),
    {
      ...{ variant: "segment", control: "No E-Mail", unit: undefined },
      outcomes: ["visit conversion", "conversion conversion", "spend mean"],
      dimensions: ["recency", "history_segment", "mens", "zip_code"],
      ignored: { history: "before" },
    },
  ],
  [
    "a page test with a page that follows its group",
    () =>
      rowsOf((at) => {
        const group = pick(["control", "treatment"]);
        const landing_page = group === "control" ? "old_page" : "new_page";
        return {
          user_id: at,
          timestamp: `2017-01-${10 + (at % 15)} 10:00:00`,
          group,
          landing_page,
          converted: flag(0.1),
        };
      }),
    {
      ...{ variant: "group", control: "control", unit: "user_id", outcomes: ["converted conversion"] },
      ...{ dimensions: [], ignored: { timestamp: "time", landing_page: "follows_variant" } },
    },
  ],
  [
    "a game with one arm named control",
    () =>
      rowsOf((at) => ({
        userid: at * 3,
        version: pick(["gate_30", "control_40"]),
        sum_gamerounds: below(100),
        retention_1: chance(0.4) ? "TRUE" : "FALSE",
      })),
    {
      ...{ variant: "version", control: "control_40", unit: "userid" },
      outcomes: ["sum_gamerounds count", "retention_1 conversion"],
    },
  ],
  [
    "an uplift table with zeros and ones for everything",
    () =>
      rowsOf((at) => {
        const treatment = at % 2;
        return {
          f0: random.next().toFixed(6),
          treatment,
          conversion: below(2),
          visit: below(2),
          exposure: treatment && below(2),
        };
      }),
    {
      ...{ variant: "treatment", control: "0", outcomes: ["conversion conversion", "visit conversion"] },
      ignored: { f0: "number_unnamed", exposure: "after" },
    },
  ],
  [
    "what only some variants cause, though nothing in its name says so",
    () =>
      rowsOf((at) => ({
        arm: at % 2 ? "A" : "B",
        popup: at % 2 ? "no" : pick(["yes", "no", "no"]),
        orders: below(4),
      })),
    {
      variant: "arm",
      control: "A",
      outcomes: ["orders count"],
      dimensions: [],
      ignored: { popup: "uneven" },
    },
  ],
  [
    "a promotion that was sent or not",
    () => rowsOf((at) => ({ ID: at, Promotion: pick(["Yes", "No"]), purchase: below(2), V1: below(4) })),
    {
      variant: "Promotion",
      control: "No",
      unit: "ID",
      outcomes: ["purchase conversion"],
      dimensions: ["V1"],
    },
  ],
  [
    "French names with accents",
    () =>
      rowsOf((at) => ({
        "N° client": at,
        Bras: pick(["Témoin", "Bannière"]),
        Canal: pick(["SMS", "Courriel"]),
        Désabonné: flag(0.1),
        "Montant (€)": amount(),
      })),
    {
      ...{ variant: "Bras", control: "Témoin", unit: "N° client", dimensions: ["Canal"] },
      outcomes: ["Désabonné conversion lower", "Montant (€) mean"],
    },
  ],
  [
    "three letters, and an address for a unit",
    () =>
      rowsOf((at) => ({
        email: `a${at}@x.org`,
        variant: "ABC"[at % 3],
        signup: flag(0.2),
        plan: pick(["free", "pro"]),
      })),
    {
      variant: "variant",
      control: "A",
      unit: "email",
      outcomes: ["signup conversion"],
      dimensions: ["plan"],
    },
  ],
  [
    "a flag that says who is the control",
    () =>
      rowsOf((at) => ({
        is_control: at % 2 ? "true" : "false",
        group: pick(["control"]),
        bought: flag(0.2),
      })),
    { unclear: "variant" },
  ],
  [
    "typed columns",
    () =>
      rowsOf((at) => ({
        customerId: at,
        treated: at % 2 === 0,
        bought: chance(0.2),
        revenue: random.next() * 9,
      })),
    {
      variant: "treated",
      control: "false",
      unit: "customerId",
      outcomes: ["bought conversion", "revenue mean"],
    },
  ],
  [
    "the only column that could be an outcome, whatever its name",
    () => rowsOf((at) => ({ group: at % 2 ? "control" : "test", seconds: random.next().toFixed(3) })),
    { variant: "group", control: "control", outcomes: ["seconds mean"] },
  ],
  [
    "orders, several of one customer",
    () =>
      rowsOf((at) => ({ order_id: at, customer_id: below(600), arm: pick(["A", "B"]), revenue: amount() })),
    { variant: "arm", unit: "customer_id", outcomes: ["revenue mean"], ignored: { order_id: "identifier" } },
  ],
  [
    "a dimension of hundreds of levels, one of one, and an unnamed index",
    () =>
      rowsOf((at) => ({
        "": at,
        arm: pick(["A", "B"]),
        city: `c${below(400)}`,
        country: "CH",
        clicks: below(4),
      })),
    { variant: "arm", dimensions: [], ignored: { city: "many_levels", country: "one_level" } },
  ],
  [
    "numbers of a French export that no name calls an outcome",
    () =>
      rowsOf(() => ({
        groupe: pick(["témoin", "promo"]),
        commandé: flag(0.1),
        kilos: `${below(90)},${below(90) + 10}`,
        ville: `v${below(400)}`,
      })),
    { outcomes: ["commandé conversion"], ignored: { kilos: "unspelled_numbers", ville: "many_levels" } },
  ],
  [
    "amounts of before beside those of after",
    () =>
      rowsOf(() => ({
        group: pick(["control", "new"]),
        pre_revenue: amount(),
        revenue: amount(),
        last_order_amount: amount(),
      })),
    { outcomes: ["revenue mean"], ignored: { pre_revenue: "before", last_order_amount: "before" } },
  ],
  [
    "two columns that may be the variant",
    () =>
      rowsOf(() => ({ group: pick(["control", "test"]), arm: pick(["control", "test"]), click: flag(0.1) })),
    { unclear: "variant" },
  ],
  [
    "no column that may be",
    () => rowsOf(() => ({ age: below(90), income: pick(["<=50K", ">50K"]) })),
    { unclear: "variant" },
  ],
  [
    "nothing that says which arm is the control",
    () => rowsOf(() => ({ version: pick(["gate_30", "gate_40"]), visits: below(9) })),
    { unclear: "control" },
  ],
  [
    "two arms that may be the control",
    () => rowsOf(() => ({ group: pick(["control 1", "control 2", "test"]), visits: below(9) })),
    { unclear: "control" },
  ],
  [
    "several columns that could be outcomes",
    () =>
      rowsOf(() => ({ group: pick(["control", "test"]), seconds: below(900) / 7, metres: below(900) / 7 })),
    { unclear: "outcomes" },
  ],
  [
    "unequal arms",
    () => rowsOf((at) => ({ group: at % 10 ? "test" : "control", click: flag(0.1) })),
    { unclear: "shares" },
  ],
  [
    "decimal commas",
    () => rowsOf(() => ({ group: pick(["control", "test"]), revenue: `${below(99)},${below(90) + 10}` })),
    { unclear: "spelling" },
  ],
  [
    "yes and no in French",
    () => rowsOf(() => ({ group: pick(["control", "test"]), achat: pick(["oui", "non"]) })),
    { unclear: "spelling" },
  ],
  [
    "NA among numbers",
    () => rowsOf((at) => ({ group: pick(["control", "test"]), revenue: at % 9 ? "12.5" : "NA" })),
    { unclear: "spelling" },
  ],
  [
    "a code below zero",
    () => rowsOf((at) => ({ group: pick(["control", "test"]), revenue: at % 9 ? below(99) : -999 })),
    { unclear: "code" },
  ],
  [
    "a code beyond all others",
    () => rowsOf((at) => ({ group: pick(["control", "test"]), visits: at % 9 ? below(9) : 999 })),
    { unclear: "code" },
  ],
];

describe("a guess", () => {
  it.each(tables)("understands %s", (_, rows, expected) => {
    expect(short(guessed(rows()))).toMatchObject(expected);
  });

  it.each(tables)("does not depend on what the variants did, nor on the order of rows: %s", (_, make) => {
    const rows = make();
    const found = guessed(rows);
    const backwards = guessed([...rows].reverse());
    expect(short(backwards)).toEqual(short(found));
  });

  it.each(tables)(
    "makes an experiment file that is read, once all questions have their nearest answer: %s",
    (_, make) => {
      const rows = make();
      const first = guessed(rows);
      if (first.status === "unclear" && first.what === "variant")
        return expect(first.candidates.length).toBeGreaterThan(0);
      const found = first.status === "clear" ? first : guessed(rows, first.nearest);
      expect(found.status).toBe("clear");
      if (found.status === "unclear") return;
      const { definition, data } = parseExperiment(experimentOf(found, "made"));
      expect(definition.variants).toHaveLength(found.variant.levels.length);
      expect(definition.metrics.map(({ role }) => role)).toEqual(found.outcomes.map(() => "goal"));
      expect(data).toBeDefined();
    },
  );

  it("takes the yes of a flag of the control for the control", () => {
    const rows = rowsOf((at) => ({
      is_control: at % 2 ? "true" : "false",
      treated: at % 2 ? 0 : 1,
      click: below(2),
    }));
    expect(short(guessed(rows, { variant: "is_control" }))).toMatchObject({ control: "true" });
    expect(short(guessed(rows, { variant: "treated" }))).toMatchObject({ control: "0" });
  });

  it("asks for shares only where chance alone hardly makes arms so unequal", () => {
    const of = (control: number, test: number) => {
      const found = guessed(
        rowsOf((at) => ({ group: at < control ? "control" : "test", visits: at % 3 }), control + test),
      );
      return found.status === "clear" ? found.status : found.what;
    };
    expect([of(45, 58), of(110, 140), of(5000, 5900)]).toEqual(["clear", "clear", "clear"]);
    expect([of(20, 80), of(400, 600), of(5000, 7000)]).toEqual(["shares", "shares", "shares"]);
  });

  it("is overruled by what is said", () => {
    const rows = rowsOf((at) => ({
      id: at,
      group: pick(["control", "test"]),
      arm: pick(["x", "y"]),
      a: below(2),
      click: below(2),
    }));
    const told = { variant: "arm", control: "y", unit: "id", outcomes: ["a"], dimensions: ["group"] };
    expect(short(guessed(rows, told))).toMatchObject({
      ...{ variant: "arm", control: "y", unit: "id", outcomes: ["a conversion"], dimensions: ["group"] },
    });
  });

  it("looks into as many dimensions as have units enough in their cells", () => {
    const rows = (count: number) =>
      rowsOf(
        () => ({
          arm: pick(["A", "B"]),
          click: below(2),
          size: pick([..."abcdefghij"]),
          channel: pick(["x", "y"]),
          plan: pick(["p", "q"]),
        }),
        count,
      );
    const asked = (count: number) => {
      const found = guessed(rows(count));
      return found.status === "clear" ? found.asked : found.what;
    };
    expect(asked(100)).toEqual([]);
    expect(asked(250)).toEqual(["channel"]);
    expect(asked(600)).toEqual(["channel", "plan"]);
    expect(asked(5000)).toEqual(["channel", "plan", "size"]);
  });

  it("names levels that cannot be keys, and says so in the mapping", () => {
    const rows = rowsOf((at) => ({ arm: at % 3, click: below(2) }));
    const found = guessed(rows, { variant: "arm", control: "0" });
    if (found.status === "unclear") throw new Error(found.what);
    expect(experimentOf(found, "x")).toMatchObject({
      variants: { control: null, "variant 1": null, "variant 2": null },
      control: "control",
      data: { variant: { column: "arm", values: { "0": "control", "1": "variant 1", "2": "variant 2" } } },
    });
  });

  it("makes dimensions of fewer levels where it is told how", () => {
    const rows = rowsOf((at) => ({
      arm: pick(["A", "B"]),
      click: below(2),
      city: at % 3 ? `c${at % 5}` : `d${at}`,
      age: 18 + (at % 60),
    }));
    const found = guessed(rows, { bins: { city: [2], age: [25, 40] } });
    if (found.status === "unclear") throw new Error(found.what);
    expect(found.asked).toEqual(["city", "age"]);
    expect(parseExperiment(experimentOf(found, "x")).data).toMatchObject({
      dimensions: { city: { column: "city", keep: ["c0", "c1"] }, age: { column: "age", edges: [25, 40] } },
    });
  });

  it("offers shares that sum to 1, and a spelling that reads every text", () => {
    const rows = rowsOf((at) => ({
      group: at % 7 ? "test" : "control",
      montant: at % 5 ? `1 2${10 + (at % 80)},50 €` : "NA",
      achat: at % 2 ? "Oui" : "NON",
    }));
    const found = guessed(rows);
    if (found.status === "clear") throw new Error("clear");
    expect(found.nearest).toEqual({
      ...{ decimal: ",", missing: ["NA"], yes: ["oui"], no: ["non"] },
      shares: { test: 0.86, control: 0.14 },
    });
    expect(short(guessed(rows, found.nearest))).toMatchObject({
      outcomes: ["montant mean", "achat conversion"],
    });
  });
});
