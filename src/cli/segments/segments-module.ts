import type { Condition } from "../../core/condition.js";

/**
 * A TypeScript module of found segments, for `segments` of a definition.
 * @param segments  conditions by name
 * @param source    the file that they were found in, which the first line names
 */
export function segmentsModule(segments: Readonly<Record<string, Condition>>, source: string): string {
  return [
    `// Found by \`essai segments\` in ${source}. In a definition: { …, segments, audience: { segment: "…" } }`,
    `export const segments = ${JSON.stringify(segments, null, 2)} as const;`,
    "",
  ].join("\n");
}
