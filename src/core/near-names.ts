/** Edit distance with swapped neighbours as one edit (optimal string alignment). */
function distance(a: string, b: string): number {
  let [last, row] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (of: readonly number[], j: number) => of[j] as number;
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(row, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(last, j - 2) + 1 : Infinity;
      next.push(Math.min(at(row, j) + 1, at(next, j - 1) + 1, replaced, swapped));
    }
    [last, row] = [row, next];
  }
  return at(row, b.length);
}

/**
 * A hint for a misspelt name, to end an error message.
 * @param name   what was asked for
 * @param known  the names that exist
 * @param noun   what they are, plural, e.g. `"columns"`
 * @returns e.g. `did you mean "segment"? (columns: …)`: the nearest names first, at most twelve
 */
export function nearNames(name: string, known: readonly string[], noun: string): string {
  if (known.length === 0) return `there are no ${noun}`;
  const wanted = name.toLowerCase();
  const ranked = known
    .map((each) => {
      const other = each.toLowerCase();
      const part = wanted.length > 2 && (other.includes(wanted) || wanted.includes(other));
      return { each, far: part ? Math.min(1, distance(wanted, other)) : distance(wanted, other) };
    })
    .sort((a, b) => a.far - b.far);
  const [nearest] = ranked;
  const guess =
    nearest && nearest.far <= Math.max(1, Math.min(3, wanted.length / 2))
      ? `did you mean ${JSON.stringify(nearest.each)}? `
      : "";
  const listed = ranked.slice(0, 12).map(({ each }) => each);
  const more = known.length > listed.length ? `, and ${known.length - listed.length} more` : "";
  return guess ? `${guess}(${noun}: ${listed.join(", ")}${more})` : `${noun}: ${listed.join(", ")}${more}`;
}
