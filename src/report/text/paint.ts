/** Colours a text with terminal codes; plain text where there are no colours. */
export type Paint = (text: string, ...codes: readonly number[]) => string;

/** @returns a painter that colours, or one that leaves everything as it is */
export function painter(color: boolean): Paint {
  return (text, ...codes) =>
    color && text ? `${codes.map((code) => `\u001b[${code}m`).join("")}${text}\u001b[0m` : text;
}
