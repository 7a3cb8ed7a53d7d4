/** Text that is markup already. */
export class Markup {
  readonly #text: string;
  /** @param text trusted markup */
  constructor(text: string) {
    this.#text = text;
  }
  /** @returns the markup */
  toString(): string {
    return this.#text;
  }
}

type Part = Markup | string | number | readonly Part[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function rendered(part: Part): string {
  if (part instanceof Markup) return part.toString();
  if (Array.isArray(part)) return part.map(rendered).join("");
  return String(part).replace(/[&<>"']/g, (character) => entities[character] as string);
}

/**
 * Markup from a template: whatever is filled in is escaped, unless it is markup itself.
 * @returns markup
 */
export function html(parts: TemplateStringsArray, ...filled: readonly Part[]): Markup {
  return new Markup(parts.reduce((text, part, at) => text + rendered(filled[at - 1] ?? "") + part));
}
