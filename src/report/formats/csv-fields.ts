/** Two bounds that are not there. */
export const unknown = ["", ""] as const;
export const tooThin = "too thin to say";

/** What a field of a record may be. */
export type Field = string | number | null | undefined;

/** Quotes where CSV asks for it, and disarms text that a spreadsheet would run as a formula. */
export function field(value: Field): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
