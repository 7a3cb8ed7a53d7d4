import { describe, expect, it } from "vitest";
import * as english from "../../src/errors/en/index.js";
import { french, inFrench } from "../../src/errors/fr/index.js";
import {
  detailedProblem,
  type ErrorCode,
  type ErrorParameters,
  ExperimentError,
  english as englishLanguage,
  inLanguage,
  type Problem,
  problem,
  type Sentences,
} from "../../src/errors/index.js";

const table = Object.entries(english) as [ErrorCode, Sentences][];
const codes = table.map(([code]) => code);

/** Every parameter, so that a sentence states what it can. */
const everything: ErrorParameters = {
  expected: { type: ["text", "list"], atLeast: 2, above: 3, atMost: 5, below: 7, whole: true, length: 11 },
  known: ["holm", "none"],
  near: "holm",
  other: "the-other",
  example: "the-example",
  row: 13,
  times: 17,
  at: { line: 19, column: 23 },
  detail: "the-detail",
};
const cases: readonly ErrorParameters[] = [
  {},
  everything,
  ...Object.keys(everything).map((key) => ({ [key]: everything[key as keyof ErrorParameters] })),
  { expected: { type: "number" } },
  { expected: { type: "text" } },
  { expected: { length: 1 } },
  { known: [] },
  { known: Array.from({ length: 30 }, (_, i) => `name-${i}`), near: "name-29" },
];
const received: readonly unknown[] = [undefined, "0.5", 95, 2.5, Number.NaN, null, {}];

const all: readonly Problem[] = table.flatMap(([code, sentences]) =>
  cases.flatMap((parameters) =>
    received.map((value) => detailedProblem({ [code]: sentences }, ["a", 0], value, parameters)),
  ),
);

/** What is the same in every language: numbers, and names in quotes or backticks. */
const facts = (text: string) =>
  (text.match(/\d+(\.\d+)?(e-\d+)?|"[^"]*"|`[^`]*`|--[a-z]+|the-\w+/g) ?? []).sort();

describe("the French table", () => {
  it("has the codes of the English one, and no others", () => {
    expect(Object.keys(french.sentences).sort()).toEqual([...codes].sort());
  });

  it("states the same facts as the English sentence, whatever is known of the case", () => {
    const differing = new Map<string, readonly string[]>();
    for (const each of all) {
      const said = inFrench(each);
      if (JSON.stringify(facts(each.message)) !== JSON.stringify(facts(said.message)))
        differing.set(each.code, [each.message, said.message]);
    }
    expect([...differing]).toEqual([]);
  });

  it.each(codes)("%s reads as one sentence", (code) => {
    const sentences: Sentences = french.sentences[code];
    for (const parameters of cases) {
      const told = { ...parameters, path: ["a"], received: 5 };
      const pair = typeof sentences === "function" ? sentences(told) : sentences;
      for (const text of pair) {
        expect(text).toMatch(/^[^A-Z].*[^.]$/);
        expect(text).not.toMatch(/undefined|NaN|\[object/);
      }
    }
  });

  it("keeps everything but message and fix", () => {
    const error = new ExperimentError({ out_of_range: english.out_of_range }, ["level"], 95, {
      expected: { above: 0, below: 1 },
    });
    const said = inFrench(error.problems[0] as Problem);
    expect(said).toMatchObject({ code: "out_of_range", path: ["level"], received: 95 });
    expect(said.message).toBe(
      "level\u00a0: doit valoir plus de 0 et moins de 1 (reçu\u00a0: 95)\u202f; écrivez 0.95",
    );
    expect(said.fix).toBe("écrivez 0.95");
  });
});

describe("English", () => {
  it("derived again is what the error says by itself", () => {
    const differing = all.filter((each) => inLanguage(each, englishLanguage).message !== each.message);
    expect(differing).toEqual([]);
  });

  it("names the file where a problem has one", () => {
    const found = problem({ not_finite: english.not_finite }, ["line 3", "reward"], "x", {
      file: "log.jsonl",
    });
    expect(inLanguage(found, englishLanguage).message).toBe(
      'log.jsonl: line 3.reward: is not a finite number (received "x"); pass a finite number',
    );
  });
});
