const marks: Readonly<Record<string, string>> = { "?": "[^/]", "*": "[^/]*", "**": ".*", "**/": ".*" };

/**
 * @param pattern  a path with `*`, `**`, `?` and `[…]` as DuckDB reads them
 * @returns whether the path is one of those that the pattern means; false for a pattern without such marks
 */
export function matchesGlob(pattern: string, path: string): boolean {
  if (!/[*?[]/.test(pattern)) return false;
  const source = pattern.replaceAll(
    /\*\*\/?|[*?]|\[!?[^\]]+\]|[\\^$.|+()[\]{}]/g,
    (found) => marks[found] ?? (found.length > 1 ? found.replace("[!", "[^") : `\\${found}`),
  );
  return new RegExp(`^${source}$`).test(path);
}
