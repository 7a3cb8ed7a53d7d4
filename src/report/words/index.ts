import { errorOf, nearName, problem, unknown_name } from "../../errors/index.js";
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
 * @throws ExperimentError `unknown_name` at the path, naming the languages there are
 */
export function voiceIn(language: string = "en", path: readonly string[] = ["lang"]): Voice {
  if (!known(language)) {
    throw errorOf([problem({ unknown_name }, path, language, nearName(language, Object.keys(languages)))]);
  }
  return voiceOf(language, languages[language]);
}
