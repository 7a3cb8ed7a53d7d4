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

/** What can be filled into markup. */
export type Part = Markup | string | number | readonly Part[];

/** No markup at all. */
export const nothing = new Markup("");

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Control characters and directional overrides of a name would disturb the sentence around it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Between `p`, its sign and its number no line ends. */
const unbroken = /(\bp|\bp [<=]) (?=[<=\d])/g;

function rendered(part: Part): string {
  if (part instanceof Markup) return part.toString();
  if (typeof part === "object") return part.map(rendered).join("");
  return String(part)
    .replace(unprintable, "\ufffd")
    .replace(unbroken, "$1\u00a0")
    .replace(/[&<>"']/g, (character) => entities[character] as string);
}

/**
 * Markup from a template: whatever is filled in is escaped, unless it is markup itself.
 * @returns markup
 */
export function html(parts: TemplateStringsArray, ...filled: readonly Part[]): Markup {
  return new Markup(parts.reduce((text, part, at) => text + rendered(filled[at - 1] ?? "") + part));
}

/** @returns a name as the reader of any script expects it, cut off by the style where it is too long */
export function named(name: string): Markup {
  const shown = html`<bdi>${name}</bdi>`;
  return name.length > 40
    ? html`<span class="nm" title="${name}">${shown}</span>`
    : html`<span class="nm">${shown}</span>`;
}
