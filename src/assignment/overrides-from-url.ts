/**
 * Reads overrides from a page's address, for quality assurance; nothing reads it unless this is called.
 * `?essai=checkout:b,hero:A` gives `{ checkout: "b", hero: "A" }`.
 * @param url        the address, e.g. `location.href`
 * @param parameter  name of the query parameter; default `"essai"`
 * @returns what to pass as `overrides` with a call; empty when the parameter is absent. What names no
 *   experiment or no variant is ignored by the call, and reported to `onIgnoredOverride`
 */
export function overridesFromUrl(url: string | URL, parameter = "essai"): Record<string, string> {
  const query = String(url).split("#")[0]!.split("?").slice(1).join("?");
  const pairs = new URLSearchParams(query)
    .getAll(parameter)
    .flatMap((value) => value.split(","))
    .map((pair): [string, string] => {
      const colon = pair.indexOf(":");
      return [pair.slice(0, colon), pair.slice(colon + 1)];
    });
  return Object.fromEntries(pairs.filter(([experiment, variant]) => experiment && variant));
}
