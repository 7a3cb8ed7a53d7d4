import type {
  Action,
  EvidenceOf,
  Family,
  FindingKind,
  Recommendation,
  Report,
  ReportMetric,
  RuleName,
  VariantVerdict,
} from "../../analysis/index.js";
import type { ErrorLanguage } from "../../errors/index.js";
import type { Caution, Holes, PhraseKey } from "./en/phrases.js";
import type { NumberSpelling, Numbers } from "./numbers.js";
import type { Mark, ReadingName } from "./reading.js";

export type { Mark } from "./reading.js";

/** A text with `{holes}`; two of them where it depends on `count`: for one, and for more. */
export type Phrase = string | readonly [one: string, more: string];

/** What the sentence of a recommendation's rule speaks of. */
export interface RuleFacts {
  /** The plan may look at any time, so there is no planned end to wait for. */
  readonly anyLook?: boolean;
  /** The treatment the rule judged; absent where it speaks of the whole report. */
  readonly verdict?: VariantVerdict;
  readonly control: string;
  readonly runnerUp?: NonNullable<Recommendation["runnerUp"]> & {
    readonly quantity: ReportMetric["quantity"];
  };
  /** The arm that a bandit believes to be the best, where it believes one thing everywhere. */
  readonly leader?: { readonly name: string; readonly best: number };
}

/** The sentence of each kind of finding. */
export type FindingSentences = {
  readonly [K in FindingKind]: (evidence: EvidenceOf<K>, voice: Voice) => string;
};

/** Everything a language says; a missing word does not compile. */
export interface LanguageWords {
  /** Its own name of itself. */
  readonly name: string;
  /** What it says of a caller's mistakes. */
  readonly errors: ErrorLanguage;
  readonly numbers: NumberSpelling;
  /** Whether a count takes the form for one. */
  one(count: number): boolean;
  readonly phrases: Readonly<Record<PhraseKey, Phrase>>;
  readonly findings: FindingSentences;
  readonly rules: { readonly [R in RuleName]: (facts: RuleFacts, voice: Voice) => string };
  /** What is still at risk with a treatment, a clause each. */
  risks(facts: RuleFacts, voice: Voice): readonly string[];
  /** What to do next, by the rule that was followed. */
  readonly next: { readonly [R in RuleName]: (facts: RuleFacts, voice: Voice) => string };
  readonly actions: Readonly<Record<Action, string>>;
  readonly roles: Readonly<Record<ReportMetric["role"], string>>;
  readonly marks: Readonly<Record<Mark, string>>;
  /** What a row shows, in a word with its sign. */
  readonly readings: Readonly<Record<ReadingName, string>>;
  readonly grains: Readonly<Record<Family["grain"], string>>;
  readonly statuses: Readonly<Record<"undefined" | "unbounded" | "degenerate" | "adaptive", string>>;
  /** What to mind about an estimate, by its flag. */
  readonly cautions: Readonly<Record<Caution, string>>;
  /** Why something was left out, after a count: `seen in two variants`. */
  excluded(reason: string): string;
  /** Why a number does not exist; the data say it in English. */
  reason(text: string): string;
  /** Kind of a source of outcomes: `cells`. */
  source(kind: Report["source"]): string;
}

type Values<K extends PhraseKey> = [Holes<K>] extends [never]
  ? readonly []
  : readonly [values: Readonly<Record<Holes<K>, string | number>>];

/** What a report is told with: one language's words and numbers. */
export interface Voice extends Numbers {
  /** Code of the language, `en`. */
  readonly language: string;
  readonly words: LanguageWords;
  /** A phrase with its holes filled; numbers are written as counts. */
  say<K extends PhraseKey>(key: K, ...values: Values<K>): string;
  /** `channel Web, newbie 1`; empty for everyone. */
  cell(levels: Readonly<Record<string, string>>): string;
  /** `mens against none`. */
  contrast(pair: readonly [control: string, treatment: string]): string;
}
