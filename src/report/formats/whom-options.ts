import type { FieldsFor } from "../../shapes/index.js";
import { requireWhom } from "../segments/segments-formats.js";
import type { Whom } from "../segments/whom.js";
import { languageFields } from "./asked-view.js";
import type { LanguageOptions } from "./language-options.js";

/** Options of formats that also tell whom to treat. */
export interface WhomOptions extends LanguageOptions {
  /** What `discoverSegments` and its companions found on the same units. */
  readonly whom?: Whom;
}

const part = { kind: "anything", optional: true } as const;
export const whomField = {
  kind: "object",
  has: { segments: { kind: "anything" }, values: part, budget: part },
  optional: true,
} as const;

/** The keys of {@link WhomOptions}. */
export const whomFields = { ...languageFields, whom: whomField } as const satisfies FieldsFor<WhomOptions>;

/** @returns the part of options that says whom to treat, checked */
export function whomOf({ whom }: { readonly whom?: Whom }): { readonly whom?: Whom } {
  if (whom === undefined) return {};
  const at = (part: keyof Whom) => ["options", "whom", part];
  requireWhom(whom, { segments: at("segments"), values: at("values"), budget: at("budget") });
  return { whom };
}
