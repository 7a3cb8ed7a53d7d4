import { heading, paragraph } from "../text/layout.js";
import { painter } from "../text/paint.js";
import { alignRows } from "../text/table.js";
import type { Section } from "./section.js";

/** @returns sections as text for a terminal, ending in a line break */
export function sectionsText(
  title: string,
  sections: readonly Section[],
  { width = 100, color = false }: { readonly width?: number; readonly color?: boolean } = {},
): string {
  const paint = painter(color);
  const lines = sections.flatMap(({ title: name, sentences, table, notes = [] }) => {
    const [head = "", ...rows] = table ? alignRows([table.head, ...table.rows], table.align) : [];
    return [
      ...heading(name, width, paint),
      ...sentences.flatMap((each) => paragraph(each, width)),
      ...(table ? [...(sentences.length > 0 ? [""] : []), `  ${paint(head, 1)}`] : []),
      ...rows.map((row) => `  ${row}`),
      ...(notes.length > 0 ? ["", ...notes.flatMap((each) => paragraph(each, width))] : []),
    ];
  });
  return `${[paint(title, 1), ...lines].join("\n")}\n`;
}
