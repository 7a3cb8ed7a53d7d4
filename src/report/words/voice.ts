import type { Finding, FindingKind } from "../../analysis/index.js";
import type { FindingSentences, LanguageWords, RuleFacts, Voice } from "./language.js";
import { numbersOf } from "./numbers.js";

/** @returns the text with a capital */
export const capitalized = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** @returns a line as a sentence of its own */
export const sentence = (line: string): string => `${capitalized(line)}.`;

/** @returns a language, ready to speak */
export function voiceOf(language: string, words: LanguageWords): Voice {
  const numbers = numbersOf(words.numbers);
  const voice: Voice = {
    ...numbers,
    language,
    words,
    say(key, ...[values]) {
      const known: Readonly<Record<string, string | number>> = values ?? {};
      const phrase = words.phrases[key];
      const text = typeof phrase === "string" ? phrase : phrase[words.one(Number(known.count)) ? 0 : 1];
      return text.replace(/\{(\w+)\}/g, (_, hole: string) => {
        const value = known[hole];
        return typeof value === "number" ? numbers.count(value) : String(value);
      });
    },
    cell: (levels) =>
      Object.entries(levels)
        .map(([dimension, level]) => `${dimension} ${level}`)
        .join(", "),
    contrast: ([control, treatment]) => voice.say("contrast", { control, treatment }),
  };
  return voice;
}

function sentenceOfKind<K extends FindingKind>(
  { kind, evidence }: Finding<K>,
  sentences: FindingSentences,
  voice: Voice,
): string {
  return sentences[kind](evidence, voice);
}

/** @returns a finding in words */
export function tell(finding: Finding, voice: Voice): string {
  return sentenceOfKind(finding, voice.words.findings, voice);
}

/** @returns a rule's sentence */
export function tellRule(rule: keyof LanguageWords["rules"], facts: RuleFacts, voice: Voice): string {
  return voice.words.rules[rule](facts, voice);
}
