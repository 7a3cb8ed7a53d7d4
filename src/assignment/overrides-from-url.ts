import { requireParts } from "../errors/index.js";

/**
 * Reads overrides from a page's address, for quality assurance; nothing reads it unless this is called.
 * `?essai=checkout:b,hero:A` gives `{ checkout: "b", hero: "A" }`.
 * Whatever text the address holds, it is read or ignored, never refused: a visitor may write it.
 * @param url        the address: text, e.g. `location.href`, a `URL` or a `Location`
 * @param parameter  name of the query parameter; default `"essai"`
 * @returns what to pass as `overrides` with a call; empty when the parameter is absent. What names no
 *   experiment or no variant is ignored by the call, and reported to `onIgnoredOverride`
 * @throws ExperimentError `invalid_argument` for an address that is not text, and a parameter that is not, or is empty
 */
export function overridesFromUrl(
  url: string | { readonly href: string },
  parameter = "essai",
): Record<string, string> {
  const href = typeof url === "string" ? url || "/" : url?.href;
  requireParts({ url: href, parameter }, [], { url: "text", parameter: "text" });
  const query = href.split("#")[0]!.split("?").slice(1).join("?");
  const pairs = new URLSearchParams(query)
    .getAll(parameter)
    .flatMap((value) => value.split(","))
    .map((pair): [string, string] => {
      const colon = pair.indexOf(":");
      return [pair.slice(0, colon), pair.slice(colon + 1)];
    });
  return Object.fromEntries(pairs.filter(([experiment, variant]) => experiment && variant));
}
