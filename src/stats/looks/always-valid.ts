import {
  chiSquareSurvivalQuantile,
  normalCdf,
  normalSurvival,
  normalSurvivalQuantile,
} from "../../distributions/index.js";
import { mixed, plannedReach } from "../sequential/mixed.js";
import { normalMixture } from "../sequential/normal-mixture.js";
import { tunedRatio } from "../sequential/sequential-options.js";
import type { LookRuleKind } from "./look-rule.js";

/**
 * Valid at every look, however many there are: the evidence of a normal mixture, tuned to be narrowest at the planned
 * information. With a planned effect a quarter of it, and three quarters ± that effect; of several contrasts at once, the
 * mixture over all of them.
 * @source Robbins (1970), Annals of Mathematical Statistics 41; Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas (2024), Annals
 *         of Statistics 52; Howard, Ramdas, McAuliffe & Sekhon (2021), Annals of Statistics 49, §3
 * @checked test/stats/looks.test.ts — false rates over 20 to 1,000 looks
 */
export const alwaysValid: LookRuleKind = ({ level, fraction }) => {
  // Of the plan's level, whatever level is read: one mixture, fixed before the data.
  const ratio = tunedRatio({ level }) * fraction;
  const any = normalMixture({ ratio });
  const visible = Math.sqrt(plannedReach(1 - level) * fraction);
  const boundary = (effect: number | undefined) =>
    effect === undefined ? any : mixed({ ratio, effect: Math.max(visible, effect) });
  return {
    evidence: true,
    levelOf(each, { effect } = {}) {
      const critical = boundary(effect).critical(-Math.log1p(-each));
      return normalCdf(critical) - normalSurvival(critical);
    },
    pValueOf(pValue, { df = 1, effect } = {}) {
      if (pValue <= 0) return 0;
      if (df === 1) return Math.min(1, Math.exp(-boundary(effect).logE(normalSurvivalQuantile(pValue / 2))));
      const statistic = chiSquareSurvivalQuantile(pValue, df);
      return Math.min(1, Math.exp((df * Math.log1p(ratio) - (statistic * ratio) / (1 + ratio)) / 2));
    },
  };
};
