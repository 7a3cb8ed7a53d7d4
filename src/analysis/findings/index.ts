import { adaptive } from "./adaptive.js";
import { belief } from "./belief.js";
import { between } from "./between.js";
import { betweenNotShown } from "./between-not-shown.js";
import { excluded } from "./excluded.js";
import { factors } from "./factors.js";
import type { FindingInputs, FindingMember, Tone } from "./finding-kind.js";
import { gain } from "./gain.js";
import { guardrail } from "./guardrail.js";
import { heaviest } from "./heaviest.js";
import { ignores } from "./ignores.js";
import { influence } from "./influence.js";
import { macro } from "./macro.js";
import { micro } from "./micro.js";
import { overTime } from "./over-time.js";
import { reasons } from "./reasons.js";
import { rule } from "./rule.js";
import { served } from "./served.js";
import { simpson } from "./simpson.js";
import { srm } from "./srm.js";
import { trend } from "./trend.js";
import { versions } from "./versions.js";

/**
 * The family of findings, in the order in which they are told. A new member is one new file and one line here; its
 * shape in `shapes/finding-shapes.ts` and its sentence in each language of `report/words` are then demanded by their types.
 */
export const findingKinds = {
  srm,
  adaptive,
  versions,
  macro,
  guardrail,
  influence,
  heaviest,
  reasons,
  factors,
  rule,
  ignores,
  simpson,
  between,
  between_not_shown: betweenNotShown,
  micro,
  over_time: overTime,
  trend,
  excluded,
  served,
  gain,
  belief,
} as const;

/** What a finding is about. */
export type FindingKind = keyof typeof findingKinds;

/** The data behind a finding of a kind. */
export type EvidenceOf<K extends FindingKind> =
  (typeof findingKinds)[K] extends FindingMember<infer E> ? E : never;

/** One thing the data show, as data; `findingSentence` of `essai/report` says it in words. */
export type Finding<K extends FindingKind = FindingKind> = {
  [P in K]: { readonly kind: P; readonly tone: Tone; readonly evidence: EvidenceOf<P> };
}[K];

const members: { readonly [K in FindingKind]: FindingMember<EvidenceOf<K>> } = findingKinds;

function ofKind<K extends FindingKind>(kind: K, inputs: FindingInputs): readonly Finding<K>[] {
  return members[kind].find(inputs).map((found): Finding<K> => ({ kind, ...found }));
}

/** @returns everything the parts of a report show, kind by kind */
export function findings(inputs: FindingInputs): readonly Finding[] {
  return (Object.keys(findingKinds) as FindingKind[]).flatMap((kind): readonly Finding[] =>
    ofKind(kind, inputs),
  );
}
