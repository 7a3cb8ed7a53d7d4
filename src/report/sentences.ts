import type { Finding, Report } from "../analysis/index.js";
import type { LanguageOptions } from "./formats/language-options.js";
import { verdictView } from "./view/verdict-view.js";
import { voiceIn } from "./words/index.js";
import { tell } from "./words/voice.js";

/**
 * Says one finding in words.
 * @param finding  of a report; it carries all the numbers its sentence needs
 * @param options  language
 * @returns a sentence
 * @throws ExperimentError `unknown_key` at ["lang"] for a language that reports do not speak
 */
export function findingSentence(finding: Finding, options: LanguageOptions = {}): string {
  return tell(finding, voiceIn(options.lang));
}

/**
 * Says what a report recommends, and why, in words.
 * @param report   the analysis
 * @param options  language
 * @returns one or two sentences
 * @throws ExperimentError `unknown_key` at ["lang"] for a language that reports do not speak
 */
export function recommendationSentence(report: Report, options: LanguageOptions = {}): string {
  return verdictView(report, voiceIn(options.lang)).sentence;
}
