import { byCodePoint } from "../core/code-point-order.js";
import { requireParts } from "../errors/index.js";

/** The levels of a multivariate variant in the order that its key has: `hero=video,cta=Try` names `cta=Try,hero=video`. */
const inOrder = (variant: string) =>
  variant.includes("=")
    ? variant
        .split(",")
        .sort((a, b) => byCodePoint(a.split("=", 1).join(), b.split("=", 1).join()))
        .join()
    : variant;

/** Pairs of an address; a part such as `cta=Try` goes on with the levels before it, whatever its level holds. */
function pairsIn(value: string): [experiment: string, variant: string][] {
  const pairs: [string, string][] = [];
  for (const part of value.split(",")) {
    const last = pairs[pairs.length - 1];
    if (last?.[1].includes("=") && /^[^:=]+=/.test(part)) {
      last[1] += `,${part}`;
      continue;
    }
    const [experiment = "", ...rest] = part.split(":");
    if (part) pairs.push([experiment, rest.join(":")]);
  }
  return pairs;
}

/**
 * Reads overrides from a page's address, for quality assurance; nothing reads it unless this is called.
 * `?essai=checkout:b,hero:A` gives `{ checkout: "b", hero: "A" }`; `?essai=lp:hero=video,cta=Try` names a combination, in
 * whatever order.
 * Whatever text the address holds, it is read or ignored, never refused: a visitor may write it.
 * @param url        the address: text, e.g. `location.href`, a `URL` or a `Location`
 * @param parameter  name of the query parameter; default `"essai"`
 * @returns what to pass as `overrides` with a call; empty when the parameter is absent. What names no
 *   experiment or no variant (`?essai=checkout`: the variant `""`) is ignored by the call, and reported to
 *   `onIgnoredOverride`
 * @throws ExperimentError `invalid_argument` for an address that is not text, and a parameter that is not, or is empty
 */
export function overridesFromUrl(
  url: string | { readonly href: string },
  parameter = "essai",
): Record<string, string> {
  const href = typeof url === "string" ? url || "/" : url?.href;
  requireParts({ url: href, parameter }, [], { url: "text", parameter: "text" });
  const query = href.split("#")[0]!.split("?").slice(1).join("?");
  const pairs = new URLSearchParams(query).getAll(parameter).flatMap(pairsIn);
  return Object.fromEntries(pairs.map(([experiment, variant]) => [experiment, inOrder(variant)]));
}
