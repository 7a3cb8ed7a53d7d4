import type { Check } from "../check.js";
import type { FindingMember, Found } from "./finding-kind.js";

export type SharesEvidence = Check & { readonly status: "failed" | "undefined" };

/** The units' shares are not the planned ones, or could not be checked. */
export const srm: FindingMember<SharesEvidence> = {
  find: ({ checks }) =>
    checks.flatMap((check): readonly Found<SharesEvidence>[] => {
      if (check.status === "failed") return [{ tone: "bad", evidence: { ...check, status: check.status } }];
      if (check.status === "undefined")
        return [{ tone: "warning", evidence: { ...check, status: check.status } }];
      return [];
    }),
};
