import { markdownTable, markdownText } from "../markdown/markup.js";
import type { Section } from "./section.js";

/** @returns sections as Markdown, ending in a line break; what they say is escaped */
export function sectionsMarkdown(title: string, sections: readonly Section[]): string {
  const lines = sections.flatMap(({ title: name, sentences, table, notes = [] }) => [
    "",
    `## ${markdownText(name)}`,
    ...[...sentences].flatMap((each) => ["", markdownText(each)]),
    ...(table
      ? [
          "",
          ...markdownTable(
            table.head.map(markdownText),
            table.align,
            table.rows.map((row) => row.map(markdownText)),
          ),
        ]
      : []),
    ...notes.flatMap((each) => ["", markdownText(each)]),
  ]);
  return `${[`# ${markdownText(title)}`, ...lines].join("\n")}\n`;
}
