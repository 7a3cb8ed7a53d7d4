/** The corrections by name; data apart from the family, so that whoever only checks a name loads no correction. */
export const correctionNames = [
  ...(["bonferroni", "sidak", "holm", "holm-sidak", "hochberg", "hommel"] as const),
  ...(["benjamini-hochberg", "benjamini-yekutieli", "none"] as const),
] as const;

/** Name of a correction. */
export type Correction = (typeof correctionNames)[number];

/** The corrections of what decides: of goals × treatments, where `"dunnett"` knows that treatments share their control. */
export const decisionCorrectionNames = [...correctionNames, "dunnett"] as const;

/** Name of a correction of what decides. */
export type DecisionCorrection = (typeof decisionCorrectionNames)[number];
