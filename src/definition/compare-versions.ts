const pattern = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([\w.-]+))?(?:\+.*)?$/;

/** The version's identifiers in the order they count; "~", above every letter, stands for "no pre-release". */
function identifiersOf(version: unknown): (string | number)[] | undefined {
  const found = typeof version === "string" && pattern.exec(version);
  if (!found) return undefined;
  const [, major, minor = "0", patch = "0", preRelease = "~"] = found;
  return [major!, minor, patch, ...preRelease.split(".")].map((each) =>
    /\D/.test(each) ? each : Number(each),
  );
}

/**
 * Orders two semantic versions; a missing minor or patch number is 0, build metadata does not count.
 * @param a  anything
 * @param b  a version
 * @returns negative, zero or positive; NaN when either is no version
 * @source semver.org 2.0.0, item 11
 */
export function compareVersions(a: unknown, b: unknown): number {
  const left = identifiersOf(a);
  const right = identifiersOf(b);
  if (!left || !right) return Number.NaN;
  for (let i = 0; i < left.length || i < right.length; i++) {
    // What ends first comes first, then numbers, then letters.
    const x = left[i] ?? -1;
    const y = right[i] ?? -1;
    if (x !== y) return (typeof x === typeof y ? x < y : typeof x === "number") ? -1 : 1;
  }
  return 0;
}
