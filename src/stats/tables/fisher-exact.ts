import type { Alternative } from "../../core/estimate.js";
import type { FieldsFor } from "../../shapes/index.js";
import { checkOptions } from "../inference/check-options.js";
import { alternativeFields } from "../inference/estimate-fields.js";
import { readAlternative } from "../inference/read-options.js";
import { checkProportions, type Proportion } from "../proportions/proportion.js";
import { conditionalPValue, conditionalTails } from "./conditional-tails.js";

/** Options of {@link fisherExact}. */
export interface FisherOptions {
  /** Of the treatment's odds against the control's; default `"two-sided"`. */
  readonly alternative?: Alternative;
  /** Count the observed table half: less conservative, no longer exact; default false. */
  readonly midP?: boolean;
}

const fisherFields = {
  ...alternativeFields,
  midP: { kind: "flag", optional: true },
} as const satisfies FieldsFor<FisherOptions>;

/** A test without an interval. */
export interface FisherResult {
  readonly method: "fisher" | "fisher-mid-p";
  readonly pValue: number;
}

/**
 * Fisher's exact test of two proportions, given both margins. The two-sided p-value adds all tables that are no
 * likelier than the observed one.
 * @param control    successes x among n units
 * @param treatment  the same of the other arm
 * @param options    alternative, midP
 * @returns pValue in [0, 1]; 1 when nobody or everybody succeeded, as then only one table is possible
 * @throws ExperimentError `negative_count`, `insufficient_data` or `out_of_range` at the field's path; `unknown_name`
 *         at ["options", "alternative"]; `unknown_key` at ["options", …]
 * @source Fisher (1935), JRSS 98; Lancaster (1961), JASA 56 for mid-p
 * @checked test/reference/tables.json — mpmath 1.2.1, SciPy 1.10.1
 * @example
 * fisherExact({ x: 1, n: 4 }, { x: 3, n: 4 }).pValue; // 0.4857
 */
export function fisherExact(
  control: Proportion,
  treatment: Proportion,
  options: FisherOptions = {},
): FisherResult {
  checkOptions(options, fisherFields);
  checkProportions(control, treatment);
  const alternative = readAlternative(options);
  const midP = options.midP ?? false;
  const method = midP ? "fisher-mid-p" : "fisher";
  const drawn = control.x + treatment.x;
  const low = Math.max(0, drawn - control.n);
  const high = Math.min(drawn, treatment.n);
  const peak = Math.floor(((drawn + 1) * (treatment.n + 1)) / (control.n + treatment.n + 2));
  const mode = Math.min(high, Math.max(low, peak));
  const ratio = (k: number) => ((drawn - k) / (k + 1)) * ((treatment.n - k) / (control.n - drawn + k + 1));
  const tails = conditionalTails(low, high, mode, ratio, treatment.x);
  return { method, pValue: conditionalPValue(tails, alternative, midP) };
}
