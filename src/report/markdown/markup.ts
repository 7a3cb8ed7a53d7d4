/** Keeps names from becoming markup: backslash before what Markdown reads, entities for angle brackets. */
export function markdownText(value: string): string {
  return value
    .replace(/[\\`*_{}[\]#|~]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[\t\n\v\f\r \u2028\u2029]+/g, " ");
}

/**
 * @param align one letter a column: `l` left, `r` right
 * @returns the lines of a table
 */
export function markdownTable(
  head: readonly string[],
  align: string,
  rows: readonly (readonly string[])[],
): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line([...align].map((each) => (each === "r" ? "---:" : "---"))), ...rows.map(line)];
}
