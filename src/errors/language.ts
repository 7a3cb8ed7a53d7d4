import { type ErrorCode, type Problem, shown } from "./experiment-error.js";
import type { Sentences } from "./parameters.js";

/** A language of errors: every code's sentences, and the words around them. */
export interface ErrorLanguage {
  readonly sentences: Readonly<Record<ErrorCode, Sentences>>;
  /** What stands for an empty path. */
  readonly input: string;
  /** `path: problem (received …); fix` in this language. */
  readonly message: (place: string, problem: string, fix: string) => string;
  /** ` (received …)`, with how often where that was more than once. */
  readonly found: (received: string, times: number) => string;
}

/**
 * The same problem in another language: `fix` and `message` are derived anew from code and parameters.
 * @param problem   as an `ExperimentError` carries it
 * @param language  e.g. the French of `essai/errors/fr`
 * @returns the problem, plain data
 */
export function inLanguage(problem: Problem, language: ErrorLanguage): Problem {
  const { code, path, received, times = 1, file, detail } = problem;
  const sentences = language.sentences[code];
  const [sentence, remedy] = typeof sentences === "function" ? sentences(problem) : sentences;
  const place = [...(file === undefined ? [] : [file]), path.join(".") || language.input].join(": ");
  const found = received === undefined ? "" : language.found(shown(received), times);
  const message = language.message(place, sentence + found, remedy) + (detail ? ` — ${detail}` : "");
  return { ...problem, fix: remedy, message };
}
