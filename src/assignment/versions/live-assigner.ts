import { canonicalJson } from "../../core/canonical-json.js";
import type { Catalogue } from "../../core/catalogue.js";
import { Checks } from "../../definition/checks.js";
import { catalogueFrom } from "../../definition/define-catalogue.js";
import { errorOf, same_version } from "../../errors/index.js";
import type { AssignerOf } from "../assigner-of.js";
import { type Assigner, type AssignerOptions, createAssigner } from "../create-assigner.js";
import { type CatalogueDiff, compareCatalogues } from "./compare-catalogues.js";

/** An assigner whose catalogue can be replaced while it serves. */
export interface LiveAssigner<C extends Catalogue = Catalogue> extends AssignerOf<C> {
  /**
   * Puts another catalogue in place of the present one, at once and whole: a call sees the old one or the new one. Where
   * this throws, the old one stays.
   * @param catalogue  unknown JSON, as people write it or from `defineCatalogue`
   * @returns what is different now
   * @throws ExperimentError with every problem of the catalogue, as `defineCatalogue`; `same_version` at
   *   ["experiments", i, "version"] for an experiment that was known with this version and another definition, even if it
   *   was gone meanwhile
   */
  load(catalogue: unknown): CatalogueDiff;
}

/**
 * An assigner for services whose catalogue changes while they run: read it from a file, a table or an address as often as
 * you like, and hand it to `load`.
 * @param catalogue  the first one: unknown JSON, as people write it or from `defineCatalogue`
 * @param options    as for `createAssigner`
 * @returns the assigner; its methods need no `this` and follow every `load`
 * @throws ExperimentError with every problem of the catalogue, as `defineCatalogue`; `invalid_argument` for options, as
 *   `createAssigner`
 * @example
 * const cta = { key: "cta", unit: "userId", variants: { control: "Buy", b: "Try" } };
 * const live = createLiveAssigner({ experiments: [cta] });
 * live.load({ experiments: [{ ...cta, coverage: 0.5, version: 2 }] }).experiments[0]?.moves.left; // 0.5
 */
export function createLiveAssigner<C extends Catalogue = Catalogue>(
  catalogue: unknown,
  options?: AssignerOptions,
): LiveAssigner<C> {
  /** What each version of each experiment was first seen to be. */
  const seen = new Map<string, string>();
  const made = (json: unknown) => {
    const checks = new Checks();
    const sound = catalogueFrom(json, checks);
    const names = new Map<string, string>();
    if (checks.problems.length === 0)
      sound.experiments.forEach((each, i) => {
        const { key, version } = each;
        const [name, text] = [JSON.stringify([key, version]), canonicalJson(each)];
        names.set(name, text);
        if ((seen.get(name) ?? text) !== text)
          checks.report({ same_version }, ["experiments", i, "version"], version, { other: key });
      });
    if (checks.problems.length > 0) throw errorOf(checks.problems);
    const assigner = createAssigner(sound, options);
    for (const [name, text] of names) seen.set(name, text);
    return assigner;
  };
  let now = made(catalogue);
  return {
    assign: (...call: Parameters<Assigner["assign"]>) => now.assign(...call),
    enter: (...call: Parameters<Assigner["enter"]>) => now.enter(...call),
    assignAll: (...call: Parameters<Assigner["assignAll"]>) => now.assignAll(...call),
    batch: (...call: Parameters<Assigner["batch"]>) => now.batch(...call),
    snapshot: (...call: Parameters<Assigner["snapshot"]>) => now.snapshot(...call),
    load(json: unknown) {
      const next = made(json);
      const diff = compareCatalogues(now.catalogue, next.catalogue);
      now = next;
      return diff;
    },
    get catalogue() {
      return now.catalogue;
    },
  } as unknown as LiveAssigner<C>;
}
