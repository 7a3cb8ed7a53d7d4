import type { Report } from "../../analysis/index.js";
import { type Field, unknown } from "./csv-fields.js";

/** Every effect of a factor, the effect in the column of cells; then the best combination's shrunken value. */
export function factorRecords({ factors = [] }: Report): readonly (readonly Field[])[] {
  return factors.flatMap((found) => {
    const named = (cell: string, scale: string) => [
      "factors",
      found.metric,
      "",
      "",
      cell,
      scale,
      "",
      "",
      "",
      "",
    ];
    if (found.status !== "ok")
      return [
        [
          ...named("", ""),
          found.status,
          "",
          "",
          "",
          ...unknown,
          ...unknown,
          "",
          "",
          "",
          "",
          "",
          "",
          found.reason,
        ],
      ];
    const effects = found.effects.map(({ factors, levels, scale, effect: { planned }, aliases }) => {
      const label = factors.map((factor, i) => `${factor}=${String(levels[i] ?? null)}`).join("; ");
      const note = aliases.length > 0 ? `aliases: ${aliases.join(", ")}` : "";
      if (planned.status !== "ok")
        return [
          ...[
            ...named(label, scale),
            planned.status,
            planned.method,
            planned.value,
            "",
            ...unknown,
            ...unknown,
          ],
          ...["", "", "", planned.level, "", "", planned.reason],
        ];
      return [
        ...[...named(label, scale), planned.status, planned.method, planned.value, planned.standardError],
        ...[...planned.interval, ...(planned.simultaneous ?? unknown), "", "", ""],
        ...[planned.level, planned.pValue, planned.pAdjusted, note],
      ];
    });
    const { best } = found;
    if (best?.shrunken.status !== "ok") return effects;
    const { method, value, interval, level } = best.shrunken;
    return [
      ...effects,
      [
        ...[...named(best.variant, "best"), "ok", method, best.value, "", ...unknown, ...unknown],
        ...[value, ...interval, level, "", "", ""],
      ],
    ];
  });
}
