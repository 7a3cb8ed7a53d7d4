import type { Finding } from "../../../src/analysis/index.js";
import { analyzeProgramme } from "../../../src/programme/index.js";
import { randomSource } from "../../../src/random/index.js";
import { parseReport } from "../../../src/schema/index.js";
import { budgetValues, discoverSegments, policyValues } from "../../../src/segments/index.js";
import { exampleReport } from "./example-report.js";
import { made } from "./made.js";
import type { SampleCalls } from "./sample-call.js";

const report = () => made(parseReport(structuredClone(exampleReport)));
const finding = (): Finding => made(report().findings[0] as Finding);

const programme = () =>
  made(
    analyzeProgramme(
      [0.02, 0.05, -0.01].map((value, i) => ({
        experiment: `t${i}`,
        value,
        standardError: 0.01,
        at: "2025",
      })),
    ),
  );
const leftOut = () => ({ adaptive: 1, thin: 2, alone: 3, rows: 4, files: 5 });

/** Made once: hundreds of calls differ in one place only. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

const values = once(() =>
  policyValues({
    variant: Array.from({ length: 400 }, (_, i) => (i % 2 ? "mail" : "none")),
    outcome: Array.from({ length: 400 }, (_, i) => (i * 7) % 11),
    attributes: { city: Array.from({ length: 400 }, (_, i) => (i % 3 ? "Nice" : "Lyon")) },
    ...{ control: "none", random: randomSource(1) },
  }),
);
const segments = once(() => {
  const random = randomSource("sample calls");
  const people = Array.from({ length: 800 }, () => ({
    young: random.next() < 0.5,
    mail: random.next() < 0.5,
  }));
  return discoverSegments({
    variant: people.map(({ mail }) => (mail ? "mail" : "none")),
    outcome: people.map(({ young, mail }) => (young && mail ? 1 : 0) + random.next()),
    attributes: { young: people.map(({ young }) => young), constant: people.map(() => 1) },
    ...{ control: "none", repeats: 1, depth: 1, random },
  });
});
const budget = once(() =>
  budgetValues({
    variant: Array.from({ length: 400 }, (_, i) => (i % 2 ? "mail" : "none")),
    outcome: Array.from({ length: 400 }, (_, i) => (i * 7) % 11),
    attributes: { city: Array.from({ length: 400 }, (_, i) => (i % 3 ? "Nice" : "Lyon")) },
    ...{ control: "none", costs: { mail: 0.1 }, budget: 4, random: randomSource(1) },
  }),
);
const beside = () => ({ values: values(), budget: budget() });
const whom = () => ({ segments: segments(), ...beside() });

export const reports: SampleCalls = {
  findingSentence: () => [finding(), { lang: "fr" }],
  programmeToMarkdown: () => [programme(), { lang: "fr", leftOut: leftOut(), width: 80, color: true }],
  programmeToText: () => [programme(), { lang: "fr", leftOut: leftOut(), width: 80, color: true }],
  recommendationSentence: () => [report(), { lang: "fr" }],
  parseWhom: () => [{ ...segments(), values: values(), budget: budget() }],
  segmentsToMarkdown: () => [segments(), { lang: "fr", ...beside(), width: 80, color: true }],
  segmentsToText: () => [segments(), { lang: "fr", ...beside(), width: 80, color: true }],
  toCsv: () => [report(), { lang: "fr" }],
  toHtml: () => [report(), { lang: "fr", whom: whom() }],
  toJson: () => [report()],
  toMarkdown: () => [report(), { lang: "fr", whom: whom() }],
  toText: () => [report(), { color: true, width: 100, cells: 3, findings: true, lang: "fr" }],
};
