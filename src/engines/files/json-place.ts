/** A place in a text, both counted from 1. */
interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** Where JSON.parse gives up, by its own message, or undefined where it does not say. */
function offsetIn(text: string): number | undefined {
  try {
    JSON.parse(text);
    return text.length;
  } catch (error) {
    const message = String(error);
    const position = / at position (\d+)/.exec(message)?.[1];
    if (position !== undefined) return Number(position);
    return /end of (JSON )?input/i.test(message) ? text.length : undefined;
  }
}

/**
 * @param text  what is not JSON
 * @returns the first place where it stops being JSON
 */
export function jsonPlace(text: string): TextPlace {
  let offset = offsetIn(text);
  if (offset === undefined) {
    // The engine named the character and not its place: it is the last of the shortest beginning that it complains of.
    let [sound, bad] = [0, text.length];
    while (bad - sound > 1) {
      const middle = (sound + bad) >> 1;
      const found = offsetIn(text.slice(0, middle));
      if (found === undefined || found < middle) bad = middle;
      else sound = middle;
    }
    offset = sound;
  }
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}
