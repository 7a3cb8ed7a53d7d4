const pattern = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([\w.-]+))?(?:\+.*)?$/;

/**
 * A semantic version as a text that sorts as the version does; a missing minor or patch number is 0, build metadata does
 * not count.
 * @param version  anything
 * @returns the text, to be compared with `<` and `===`; NaN, which compares with nothing, when it is not a version
 * @source semver.org 2.0.0, item 11
 */
export function versionKey(version: unknown): string | number {
  const found = typeof version === "string" && pattern.exec(version);
  if (!found) return Number.NaN;
  // "~", above every letter, stands for "no pre-release"; "," lies below what a pre-release may hold: what ends first
  // comes first, then numbers, then letters.
  const [, major, minor = "", patch = "", preRelease = "~"] = found;
  return [major!, minor, patch, ...preRelease.split(".")]
    .map((each) => (/\D/.test(each) ? each : `,${each.padStart(99, "0")}`))
    .join();
}
