const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const zero = /\p{Mark}|\u200d/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with the escape character
const colorCodes = /\u001b\[\d+m/g;

/** @returns columns a terminal needs for the text; colour codes take none */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text.replace(colorCodes, ""))
    width += zero.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return width;
}

/** @returns the text padded with spaces to a display width */
export function pad(text: string, width: number, side: "left" | "right" = "left"): string {
  const space = " ".repeat(Math.max(0, width - displayWidth(text)));
  return side === "left" ? text + space : space + text;
}

/**
 * Lines up rows of cells in columns.
 * @param align one letter a column: `l` left, `r` right
 * @returns one line per row, two spaces between columns, no trailing space
 */
export function alignRows(rows: readonly (readonly string[])[], align: string): readonly string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, displayWidth(cell));
  return rows.map((row) =>
    row
      .map((cell, at) => pad(cell, widths[at] as number, align[at] === "r" ? "right" : "left"))
      .join("  ")
      .trimEnd(),
  );
}

/** Spaces at which no line ends: a sign and its number, `p < 0.0001`, `χ² 6.57`. */
const glued = /(?<=(?:^|[ (])(?:p|χ²|p <)) (?=[<\d])/g;

/** @returns the text broken into lines no wider than `width`, at spaces, but not between a sign and its number */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const part of text.replace(glued, "\0").split(" ")) {
    const word = part.replaceAll("\0", " ");
    if (line && displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  if (line) lines.push(line);
  return lines;
}
