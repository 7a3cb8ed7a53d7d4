import type { Finding, Report } from "../analysis/index.js";
import { requireObject, requireWord } from "../errors/index.js";
import { checkFields } from "../shapes/index.js";
import { languageFields, requireReport } from "./formats/asked-view.js";
import type { LanguageOptions } from "./formats/language-options.js";
import { verdictView } from "./view/verdict-view.js";
import { voiceIn } from "./words/index.js";
import { tell } from "./words/voice.js";

/**
 * Says one finding in words.
 * @param finding  of a report; it carries all the numbers its sentence needs
 * @param options  language
 * @returns a sentence
 * @throws ExperimentError `unknown_key` for an option that does not exist, `unknown_name` at ["lang"] for a language that
 *         reports do not speak; what is not one, within ["finding"]
 */
export function findingSentence(finding: Finding, options: LanguageOptions = {}): string {
  checkFields(options, languageFields);
  requireObject(finding, ["finding"]);
  const voice = voiceIn(options.lang);
  requireWord(finding.kind, ["finding", "kind"], Object.keys(voice.words.findings));
  requireObject(finding.evidence, ["finding", "evidence"]);
  return tell(finding, voice);
}

/**
 * Says what a report recommends, and why, in words.
 * @param report   the analysis
 * @param options  language
 * @returns one or two sentences
 * @throws ExperimentError `unknown_key` for an option that does not exist, `unknown_name` at ["lang"] for a language that
 *         reports do not speak; what is not a report, within ["report"]
 */
export function recommendationSentence(report: Report, options: LanguageOptions = {}): string {
  checkFields(options, languageFields);
  requireReport(report);
  return verdictView(report, voiceIn(options.lang)).sentence;
}
