/** No-break spaces where French typography has them: narrow before `;`, `!`, `?` and `%`, wide before `:` and inside « ». */
export function spaced(text: string): string {
  return text
    .replace(/ ([;!?%])/g, "\u202f$1")
    .replace(/ :/g, "\u00a0:")
    .replace(/« /g, "«\u00a0")
    .replace(/ »/g, "\u00a0»");
}

/** A French text: the typography of its own words; names and numbers filled in stay as they are. */
export function french(texts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return texts.map((text, at) => `${spaced(text)}${values[at] ?? ""}`).join("");
}
