import { beforeAll, describe, expect, it } from "vitest";
import { randomSource } from "../../src/random/index.js";
import { parseWhom, toHtml, toMarkdown, toText, type Whom } from "../../src/report/index.js";
import { budgetValues, discoverSegments, policyValues } from "../../src/segments/index.js";
import { pageWorlds } from "./page-worlds.js";

let whom: Whom;
beforeAll(() => {
  const random = randomSource("whom");
  const people = Array.from({ length: 1500 }, () => ({
    young: random.next() < 0.4,
    mail: random.next() < 0.5,
  }));
  const common = {
    variant: people.map(({ mail }) => (mail ? "mail" : "none")),
    outcome: people.map(({ young, mail }) => (random.next() < (young && mail ? 0.6 : 0.1) ? 1 : 0)),
    attributes: { young: people.map(({ young }) => young) },
    ...{ control: "none", costs: { mail: 0.1 }, random },
  };
  const today = { rules: [{ when: { attribute: "young", eq: true }, variant: "mail" }], otherwise: "none" };
  const bandit = people.map(({ young }, i) => (young || i % 10 === 0 ? "mail" : "none"));
  whom = {
    segments: discoverSegments({ ...common, repeats: 1, depth: 1 }),
    values: policyValues({ ...common, policies: { today, bandit } }),
    budget: budgetValues({ ...common, budget: 30, currency: "EUR" }),
  };
});
const report = () => (pageWorlds["no dimensions"] as () => Promise<Parameters<typeof toText>[0]>)();
const flat = (text: string) => text.replaceAll(/\s+/g, " ");

describe("whom to treat", () => {
  it("is a section of the page: net gain by budget with the budget marked, segments, policies, tenths", async () => {
    for (const [lang, title, rules] of [
      ["en", "Whom to treat?", "What policies are worth"],
      ["fr", "Qui traiter ?", "Ce que valent les politiques"],
    ] as const) {
      const page = await toHtml(await report(), { lang, whom });
      const ids = [...page.matchAll(/<section id="(\w+)"/g)].map(([, id]) => id);
      expect(ids).toEqual(["s1", "moved", "whom", "trust"]);
      const section = page.slice(page.indexOf('<section id="whom"'), page.indexOf('<section id="trust"'));
      expect(flat(section).replaceAll(" ", " ")).toContain(title);
      expect(section).toContain(rules);
      expect(section.match(/class="rest"/g)).toHaveLength(1);
      expect(section).toContain("EUR");
      for (const name of ["today", "bandit"]) expect(section).toContain(`<th scope="row">${name}</th>`);
      expect(section).not.toMatch(/NaN|Infinity|undefined|\{\w+\}/);
    }
  });

  it("is told in text and Markdown, after the rest, and not where nobody asked", async () => {
    const made = await report();
    for (const told of [toText(made, { whom }), toMarkdown(made, { whom })]) {
      expect(told).toContain("Whom to treat?");
      expect(told).toContain("What a budget brings");
      expect(told.startsWith("# Whom")).toBe(false);
    }
    expect(toText(made)).not.toContain("Whom to treat?");
    expect(await toHtml(made)).not.toContain('id="whom"');
  });

  it("reads what was printed as JSON, and refuses what was not, with its place", async () => {
    const { segments, values, budget } = whom;
    const printed = JSON.parse(JSON.stringify({ ...segments, values, budget })) as Record<string, unknown>;
    expect(parseWhom(printed)).toEqual(JSON.parse(JSON.stringify(whom)));
    const made = await report();
    const broken = (part: object) => () => toText(made, { whom: { ...whom, ...part } as Whom });
    expect(broken({ segments: { ...segments, format: "essai.segments/9" } })).toThrow(
      /whom\.segments\.format/,
    );
    expect(broken({ segments: { ...segments, treatments: [{}] } })).toThrow(/treatments\.0/);
    expect(broken({ values: { ...values, single: { none: {} } } })).toThrow(/values\.single\.none/);
    expect(broken({ budget: { ...budget, curve: 1 } })).toThrow(/budget\.curve/);
    expect(() => parseWhom([])).toThrow(/object/);
    expect(() => parseWhom({ ...printed, budget: { format: "x" } })).toThrow(/budget\.format/);
  });
});
