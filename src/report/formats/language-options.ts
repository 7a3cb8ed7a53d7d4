import type { Language } from "../words/index.js";

/** What a report is told in. */
export interface LanguageOptions {
  /** Code of a language; default `"en"`. */
  readonly lang?: Language;
}
