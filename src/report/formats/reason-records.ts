import type { Decomposition, Report } from "../../analysis/index.js";
import { type Field, tooThin, unknown } from "./csv-fields.js";

/** What each step adds to a difference, and what all add together; the step stands for the scale. */
export function reasonRecords({ reasons }: Report): readonly (readonly Field[])[] {
  const levelsOf = (cell: Decomposition["cell"]) =>
    Object.entries(cell).map(([dimension, level]) => `${dimension}=${level}`);
  const split = (grain: string) => (found: Decomposition) => {
    const { metric, contrast, cell, units, steps } = found;
    const named = [grain, metric, ...contrast, levelsOf(cell).join("; ")] as const;
    const without = (status: string, reason: string) => [
      [
        ...named,
        steps.join(" × "),
        ...units,
        "",
        "",
        status,
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
        reason,
      ],
    ];
    if (found.status !== "ok") return without(found.status, found.reason);
    if (found.thin) return without("thin", tooThin);
    const whole = { step: "together", values: ["", ""], contribution: found.difference } as const;
    return [...found.reasons, whole].flatMap(({ step, values, contribution: { planned } }) =>
      planned.status === "ok"
        ? [
            [
              ...[...named, step, ...units, ...values, planned.status, planned.method, planned.value],
              ...[planned.standardError, ...planned.interval, ...(planned.simultaneous ?? unknown)],
              ...["", "", "", planned.level, planned.pValue, planned.pAdjusted, ""],
            ],
          ]
        : [],
    );
  };
  return [
    ...(reasons?.macro ?? []).flatMap(split("reasons")),
    ...(reasons?.between ?? []).map((test) =>
      test.status === "ok"
        ? [
            ...[
              "reason_levels",
              test.metric,
              ...test.contrast,
              test.dimension,
              test.step,
              "",
              "",
              "",
              "",
              "ok",
            ],
            ...[
              "cochran-q",
              test.q,
              "",
              ...unknown,
              ...unknown,
              "",
              "",
              "",
              "",
              test.pValue,
              test.pAdjusted,
              "",
            ],
          ]
        : [
            ...["reason_levels", test.metric, ...test.contrast, test.dimension, test.step, "", "", "", ""],
            ...[test.status, "", "", "", ...unknown, ...unknown, "", "", "", "", "", "", test.reason],
          ],
    ),
    ...(reasons?.micro ?? []).flatMap(split("reason_cells")),
  ];
}
