import { unknown_key } from "../../core/errors.js";
import { errorOf, problem } from "../../core/experiment-error.js";
import { nearNames } from "../../core/near-names.js";
import { en } from "./en/index.js";
import { fr } from "./fr/index.js";
import type { Voice } from "./language.js";
import { voiceOf } from "./voice.js";

/** The family of languages. A new member is one new folder and one line here. */
export const languages = { en, fr } as const;

/** Code of a language that reports speak. */
export type Language = keyof typeof languages;

const known = (language: string): language is Language => Object.hasOwn(languages, language);

/**
 * The words and numbers of a language.
 * @param language  its code
 * @param path      where it was asked for, for the error
 * @returns what a report is told with
 * @throws ExperimentError `unknown_key` at the path, naming the languages there are
 */
export function voiceIn(language: string = "en", path: readonly string[] = ["lang"]): Voice {
  if (!known(language)) {
    const hint = nearNames(language, Object.keys(languages), "languages");
    throw errorOf([problem({ unknown_key }, path, language, hint)]);
  }
  return voiceOf(language, languages[language]);
}
