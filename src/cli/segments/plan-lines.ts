import type { BudgetPlan } from "../../segments/index.js";

/** Who gets what, as CSV: a line per row of the table. */
export function planLines(
  { variants, expected, tenths }: BudgetPlan,
  unit: readonly string[] | undefined,
): string {
  const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const lines = variants.map((variant, i) =>
    [unit?.[i] ?? String(i + 1), variant ?? "", String(expected[i] ?? ""), String(tenths[i] ?? "")]
      .map(quoted)
      .join(","),
  );
  return `${unit ? "unit" : "row"},variant,expected,tenth\n${lines.join("\n")}\n`;
}
