import type { Definition } from "../../core/definition.js";
import { nearName, not_a_combination } from "../../errors/index.js";
import { type Checks, isRecord } from "../checks.js";

/**
 * Reports where a definition's factors and its variants' payloads do not fit together.
 * @param definition  its variants are sound, its factors perhaps not
 * @param checks      holds what was found so far, receives the problems
 */
export function checkFactors({ factors, variants }: Definition<string, unknown>, checks: Checks): void {
  if (factors === undefined || !checks.sound("factors")) return;
  checks.keys(
    factors.map(({ name }) => name),
    (i) => ["factors", i, "name"],
  );
  for (const { name, levels } of factors)
    variants.forEach(({ payload }, i) => {
      const level = isRecord(payload) ? payload[name] : undefined;
      if (!levels.some((each) => each === level)) {
        const near = nearName(level, levels.map(String));
        checks.report({ not_a_combination }, ["variants", i, "payload", name], level, near);
      }
    });
}
