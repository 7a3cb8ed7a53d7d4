/** What every program begins with. */
export const preamble = `
import { assign, createAssigner, createLiveAssigner, defineCatalogue, defineExperiment, explain, gatesOf, hydrate, nextVersion, overridesFromUrl, reallocate, withFallbacks, type Catalogue } from "essai";
import { bernoulli, caps, controlShare, createBandit, decide, floor, linear, net, sharpened, thompson, update } from "essai/bandits";
import { analyze, fromCells, fromRows } from "essai/analysis";
interface Page { readonly steps: number; readonly title?: string }
const checkout = defineExperiment({ key: "checkout", unit: "userId", variants: { control: { steps: 3 } as Page, short: { steps: 1 } } });
const cta = defineExperiment({ key: "cta", unit: "userId", variants: { control: "Buy", b: "Try" }, attributes: { country: "string", age: "number" } });
const lp = defineExperiment({ key: "lp", unit: "userId", factors: { hero: ["photo", "video"], cta: ["Buy", "Try"] } });
const learning = defineExperiment({ key: "learning", unit: "userId", variants: { control: "a", b: "b" }, policy: "thompson" });
const catalogue = defineCatalogue({ experiments: [checkout, cta, lp] });
const assigner = createAssigner(catalogue);
const json = JSON.parse("{}");
const unit = { userId: "u1" };
`;

/** Programs that are right. */
export const right: Readonly<Record<string, string>> = {
  "keys, payloads and variants of a catalogue": `
    const steps: number = assigner.assign("checkout", unit).payload.steps;
    const { variant } = assigner.assign("cta", unit);
    if (variant === "b") console.log(variant satisfies "b");
    const hero: "photo" | "video" = assigner.assign("lp", unit).payload.hero;`,
  "a page that loads its catalogue": `
    const page = createAssigner<typeof catalogue>(json);
    const steps: number = page.assign("checkout", unit).payload.steps;`,
  "a page with fallbacks": `
    const page = withFallbacks<typeof catalogue>(() => createAssigner(json), {
      checkout: { variants: ["control", "short"], payload: { steps: 3 } },
      cta: { variants: ["control", "b"], payload: "Buy" },
      lp: { variants: [], payload: { hero: "photo", cta: "Buy" } },
    });
    const steps: number = page.assign("checkout", unit, { overrides: overridesFromUrl("?essai=cta:b") }).payload.steps;`,
  "a page with a snapshot": `
    const page = hydrate<typeof catalogue>(json);
    const text: "Buy" | "Try" = page.assign("cta").payload;
    withFallbacks<typeof catalogue>(() => page, {} as never);`,
  "overrides that exist, and those of an address": `
    assigner.assign("cta", unit, { overrides: { cta: "b", checkout: "short" } });
    assigner.assign("cta", unit, { overrides: overridesFromUrl("https://shop.example/?essai=cta:b") });`,
  "a catalogue that only running code knows": `
    const wide: Catalogue = catalogue;
    createAssigner(wide).assign("whatever", unit, { overrides: { whatever: "b" } });
    createLiveAssigner(json).assign("whatever", unit);
    explain(assigner, "cta", unit);`,
  "a live assigner with the keys of the code": `
    const live = createLiveAssigner<typeof catalogue>(json);
    const steps: number = live.assign("checkout", unit).payload.steps;`,
  "definitions, whatever the catalogue": `
    const text: "Buy" | "Try" = assigner.assign(cta, unit).payload;
    const many: readonly { payload: "Buy" | "Try" }[] = assigner.batch("cta", [unit]);`,
  "versions keep the key": `
    const next = nextVersion(cta, { variants: { control: "Buy", c: "Ask" } });
    const text: "Buy" | "Ask" = createAssigner({ experiments: [next] }).assign("cta", unit).payload;
    createAssigner({ experiments: [reallocate(cta, { coverage: 0.5 })] }).assign("cta", unit);`,
  "experiments of a catalogue, learned and analysed": `
    createBandit(catalogue.experiments[0]!, { fixed: thompson });
    catalogue.experiments.map((each) => assign(each, unit).payload);
    createBandit(learning, { thompson }, { constraints: [caps({ shares: { b: 0.2 } })] });
    analyze({ experiment: catalogue.experiments[0]!, source: fromRows([], { unit: "userId", variant: "variant" }) });`,
  "decisions, with and without gates": `
    const bandit = createBandit(learning, { thompson });
    const one: "a" | "b" = decide(bandit, { unitId: "u", occasion: "1", now: 0 }).payload;
    const gated = decide(bandit, { unitId: "u", occasion: "1", now: 0, gates: gatesOf(learning), attributes: unit });
    if (gated.reason === "audience") console.log(gated.variant satisfies null);
    const two: "a" | "b" = gated.payload;`,
  "words and variants that only running code knows": `
    const word: string = JSON.parse("1");
    const free = defineExperiment({ key: word, unit: word, variants: JSON.parse("{}") as Record<string, string>, policy: word });
    createBandit(free, { thompson });
    const own = defineExperiment({ key: "own", unit: "id", control: "a", variants: { a: 1, b: 2 }, policy: "mine" as string });
    createBandit(own, { mine: thompson });
    assign(free, unit);
    const parts = { key: "x", unit: "userId", control: "a" } as const;
    assign(defineExperiment({ ...parts, variants: { a: 1, b: 2 } }), { ...unit, country: "FR" });
    interface User { userId: string; vip?: boolean }
    const user: User = unit;
    assigner.assign("cta", user);`,
};

/** Programs that are wrong, and what the compiler's message has to hold: the name that is wrong, or what could stand there. */
export const wrong: Readonly<Record<string, readonly [code: string, said: string]>> = {
  "an experiment that the catalogue lacks": [
    `assigner.assign("chekout", unit);`,
    `'"chekout"' is not assignable`,
  ],
  "the same, entered": [`assigner.enter("chekout", unit);`, `'"chekout"' is not assignable`],
  "the same, for many": [`assigner.batch("chekout", [unit]);`, `'"chekout"' is not assignable`],
  "the same, on a page": [
    `createAssigner<typeof catalogue>(json).assign("chekout", unit);`,
    `'"chekout"' is not assignable`,
  ],
  "the same, of a snapshot": [
    `hydrate<typeof catalogue>(json).assign("chekout");`,
    `'"chekout"' is not assignable`,
  ],
  "the same, live": [
    `createLiveAssigner<typeof catalogue>(json).assign("chekout", unit);`,
    `'"chekout"' is not assignable`,
  ],
  "a fallback that is missing": [
    `withFallbacks<typeof catalogue>(() => createAssigner(json), { checkout: { variants: ["control"], payload: { steps: 1 } }, cta: { variants: ["b"], payload: "Buy" } });`,
    `'lp' is missing`,
  ],
  "a fallback of an experiment that is not": [
    `withFallbacks<typeof catalogue>(() => createAssigner(json), { ...({} as Parameters<typeof withFallbacks<typeof catalogue>>[1]), chekout: 1 });`,
    "chekout",
  ],
  "a fallback's variant that does not exist": [
    `withFallbacks<typeof catalogue>(() => createAssigner(json), { checkout: { variants: ["control", "shrt"], payload: { steps: 1 } }, cta: { variants: [], payload: "Buy" }, lp: { variants: [], payload: { hero: "photo", cta: "Buy" } } });`,
    `'"shrt"' is not assignable`,
  ],
  "a fallback's payload of another type": [
    `withFallbacks<typeof catalogue>(() => createAssigner(json), { checkout: { variants: [], payload: { stps: 1 } }, cta: { variants: [], payload: "Buy" }, lp: { variants: [], payload: { hero: "photo", cta: "Buy" } } });`,
    "stps",
  ],
  "an override's variant that does not exist": [
    `assigner.assign("cta", unit, { overrides: { cta: "zzz" } });`,
    `'"zzz"' is not assignable`,
  ],
  "an override of an experiment that does not exist": [
    `assigner.assign("cta", unit, { overrides: { ctaa: "b" } });`,
    "'ctaa' does not exist",
  ],
  "a variant that does not exist, compared": [
    `if (assigner.assign("cta", unit).variant === "c") console.log(1);`,
    `no overlap`,
  ],
  "a part of a payload that does not exist": [
    `assigner.assign("checkout", unit).payload.step;`,
    `'step' does not exist`,
  ],
  "a factorial variant that does not exist": [
    `if (assign(lp, unit).variant === "hero=zzz") console.log(1);`,
    "no overlap",
  ],
  "a level that does not exist": [
    `if (assign(lp, unit).payload.hero === "zzz") console.log(1);`,
    "no overlap",
  ],
  "a context without the unit's key": [`assign(cta, { usrId: "u1" });`, "userId"],
  "a numeric id": [`assign(cta, { userId: 7 });`, "'number' is not assignable to type 'string'"],
  "a context without the unit's key, by key": [`assigner.assign("cta", { usrId: "u1" });`, "userId"],
  "no variant but control": [
    `defineExperiment({ key: "x", unit: "userId", variants: { control: 1 } });`,
    "a second variant",
  ],
  "no control": [`defineExperiment({ key: "x", unit: "userId", variants: { a: 1, b: 2 } });`, "control"],
  "a control that is not a variant": [
    `defineExperiment({ key: "x", unit: "userId", control: "c", variants: { a: 1, b: 2 } });`,
    "Property 'c' is missing",
  ],
  "shares of a variant that does not exist": [
    `defineExperiment({ key: "x", unit: "userId", control: "a", variants: { a: 1, b: 2 }, allocation: { a: 0.5, c: 0.5 } });`,
    "'c' does not exist",
  ],
  "a rule's variant that does not exist": [
    `defineExperiment({ key: "x", unit: "userId", control: "a", variants: { a: 1, b: 2 }, rules: [{ key: "r", when: { attribute: "vip", eq: true }, variant: "c" }] });`,
    `'"c"' is not assignable`,
  ],
  "an override in the definition that does not exist": [
    `defineExperiment({ key: "x", unit: "userId", control: "a", variants: { a: 1, b: 2 }, overrides: [{ unitId: "u", variant: "c" }] });`,
    `'"c"' is not assignable`,
  ],
  "a rollout that does not exist": [
    `defineExperiment({ key: "x", unit: "userId", control: "a", variants: { a: 1, b: 2 }, status: "stopped", rollout: "c" });`,
    `'"c"' is not assignable`,
  ],
  "a status that does not exist": [
    `defineExperiment({ key: "x", unit: "userId", control: "a", variants: { a: 1, b: 2 }, status: "runing" });`,
    `'"runing"' is not assignable`,
  ],
  "a policy that does not exist": [
    `defineExperiment({ key: "x", unit: "userId", control: "a", variants: { a: 1, b: 2 }, policy: "tompson" });`,
    "a policy of essai",
  ],
  "a correction that does not exist": [
    `defineExperiment({ key: "x", unit: "userId", control: "a", variants: { a: 1, b: 2 }, plan: { macro: "tukey" } });`,
    `'"tukey"' is not assignable`,
  ],
  "a metric type that does not exist": [
    `defineExperiment({ key: "x", unit: "userId", control: "a", variants: { a: 1, b: 2 }, metrics: [{ key: "m", type: "convrsion", column: "m" }] });`,
    `'"convrsion"' is not assignable`,
  ],
  "a metric's setting that does not exist": [
    `defineExperiment({ key: "x", unit: "userId", control: "a", variants: { a: 1, b: 2 }, metrics: [{ key: "m", type: "mean", colum: "m" }] });`,
    `colum`,
  ],
  "a plan's setting that does not exist": [
    `defineExperiment({ key: "x", unit: "userId", control: "a", variants: { a: 1, b: 2 }, plan: { macroo: "holm" } });`,
    "macroo",
  ],
  "a key of a definition that does not exist": [
    `defineExperiment({ key: "x", unit: "userId", control: "a", variants: { a: 1, b: 2 }, coverag: 0.5 });`,
    "coverag",
  ],
  "an attribute that is not declared": [
    `defineExperiment({ key: "x", unit: "userId", control: "a", variants: { a: 1, b: 2 }, attributes: { country: "string" }, audience: { attribute: "contry", eq: "FR" } });`,
    `contry`,
  ],
  "a test that texts do not have": [
    `defineExperiment({ key: "x", unit: "userId", control: "a", variants: { a: 1, b: 2 }, attributes: { country: "string" }, audience: { attribute: "country", gte: 3 } });`,
    "gte",
  ],
  "a factor of one level": [
    `defineExperiment({ key: "x", unit: "userId", factors: { hero: ["A"] } });`,
    "a second level",
  ],
  "factors beside variants": [
    `defineExperiment({ key: "x", unit: "userId", factors: { hero: ["A", "B"] }, variants: { control: 1, b: 2 } });`,
    "not beside factors",
  ],
  "a payload that JSON does not hold": [
    `defineExperiment({ key: "x", unit: "userId", variants: { control: () => 1, b: 2 } });`,
    "",
  ],
  "a definition without a unit": [`defineExperiment({ key: "x", variants: { control: 1, b: 2 } });`, "unit"],
  "a new variant that is removed": [`reallocate(cta, { remove: ["c"] });`, `'"c"' is not assignable`],
  "shares of a variant that is not there, moved": [
    `reallocate(cta, { allocation: { control: 0.5, c: 0.5 } });`,
    "c",
  ],
  "another unit in a next version": [`nextVersion(cta, { unit: "visitorId" });`, "unit"],
  "an old definition with another allocation": [
    `assign({ ...cta, allocation: { control: 0.5, b: 0.5 } }, unit);`,
    "is not assignable to type '\"unknown\"'",
  ],
  "an unknown option of a call": [`assigner.assign("cta", unit, { nw: new Date() });`, "nw"],
  "an unknown option of an assigner": [`createAssigner(catalogue, { stiky: 1 });`, "stiky"],
  "a bandit without the policy that its definition names": [
    `createBandit(learning, { topTwo: thompson });`,
    "'thompson' is missing",
  ],
  "a bandit's option that does not exist": [
    `createBandit(learning, { thompson }, { constraint: [floor({ share: 0.1 })] });`,
    "'constraint' does not exist",
  ],
  "a setting of an objective that does not exist": [`net({ cots: {} });`, "cots"],
  "a misspelt part of an occasion": [
    `decide(createBandit(learning, { thompson }), { unitId: "u", occasion: "1", now: 0, contxt: null });`,
    "'contxt' does not exist",
  ],
  "attributes that no gates read": [
    `decide(createBandit(learning, { thompson }), { unitId: "u", occasion: "1", now: 0, attributes: unit });`,
    "'attributes' does not exist",
  ],
  "a decision's variant that does not exist": [
    `if (decide(createBandit(learning, { thompson }), { unitId: "u", occasion: "1", now: 0 }).variant === "c") console.log(1);`,
    "no overlap",
  ],
  "a time that is text": [
    `assigner.assign("cta", unit, { now: "2026-01-01" });`,
    "'string' is not assignable to type 'number | Date",
  ],
  "raw JSON with a wrong format": [`createAssigner({ experiments: [{ key: "x" }] });`, "missing"],
  "an experiment of another shape for analysis": [
    `analyze({ experiment: { key: "x" }, source: fromRows([], { unit: "userId", variant: "variant" }) });`,
    "missing",
  ],
  "a correction of an analysis that does not exist": [
    `analyze({ experiment: cta, source: fromRows([], { unit: "userId", variant: "variant" }), corection: "holm" });`,
    "corection",
  ],
};
