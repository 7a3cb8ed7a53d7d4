import { not_a_combination } from "../../errors/index.js";
import { type Checks, isRecord, type Loose } from "../checks.js";

/**
 * Reports where a definition's factors and its variants' payloads do not fit together.
 * @param definition  a JSON object, not yet trusted
 * @param checks      receives the problems
 */
export function checkFactors(definition: Loose, checks: Checks): void {
  const { factors, design, variants } = definition;
  if (design !== undefined && checks.record(design, ["design"]) && typeof design.kind !== "string")
    checks.mistyped(["design", "kind"], design.kind);
  if (factors === undefined || !checks.list(factors, ["factors"])) return;
  checks.keys(
    factors.map((factor) => (isRecord(factor) ? factor.name : undefined)),
    (i) => ["factors", i, "name"],
  );
  factors.forEach((factor, f) => {
    if (!isRecord(factor) || !checks.list(factor.levels, ["factors", f, "levels"])) return;
    const { name, levels } = factor as { name: string; levels: readonly unknown[] };
    if (Array.isArray(variants))
      variants.forEach((variant, i) => {
        const payload = isRecord(variant) && isRecord(variant.payload) ? variant.payload : {};
        if (!levels.includes(payload[name]))
          checks.report({ not_a_combination }, ["variants", i, "payload", name], payload[name]);
      });
  });
}
