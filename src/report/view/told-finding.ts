import type { Finding, FindingKind, Tone } from "../../analysis/index.js";
import type { Voice } from "../words/language.js";
import { tell } from "../words/voice.js";

/** A finding in words. */
export interface ToldFinding {
  readonly kind: FindingKind;
  readonly tone: Tone;
  readonly sentence: string;
}

/** @returns findings in words */
export function toldFindings(findings: readonly Finding[], voice: Voice): readonly ToldFinding[] {
  return findings.map((finding) => ({
    kind: finding.kind,
    tone: finding.tone,
    sentence: tell(finding, voice),
  }));
}
