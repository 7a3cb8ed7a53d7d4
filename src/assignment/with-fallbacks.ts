import type { Assignment } from "../core/assignment.js";
import type { Catalogue } from "../core/catalogue.js";
import { absent_experiment, ExperimentError, other_variants } from "../errors/index.js";
import { callback, fields, given, list, object, refuse, text } from "../shapes/reader.js";
import type { AssignmentOf, CallOptionsOf, ContextIn, DefinitionOf, ExperimentKey } from "./assigner-of.js";
import type { CallOptions } from "./call-options.js";
import { readCall } from "./read-call.js";

/** What a page's code was written for, by experiment: every variant it can show, and what it shows without the experiment. */
export type Fallbacks<C extends Catalogue> = {
  readonly [K in ExperimentKey<C>]: {
    readonly variants: readonly DefinitionOf<C, K>["variants"][number]["key"][];
    readonly payload: DefinitionOf<C, K>["variants"][number]["payload"];
  };
};

/** Answers from an assigner or a snapshot. */
interface Answers {
  // Of an assigner the keys are those of its catalogue.
  assign(experiment: never, context: never, options?: CallOptions): Assignment<string, unknown>;
  readonly catalogue?: Catalogue;
}

/** An assigner for pages: it has an answer to every call. */
export interface PageAssigner<C extends Catalogue> {
  /**
   * @param experiment  a key of the catalogue that the code knows
   * @param context     as for `Assigner.assign`
   * @returns the assignment; where there is none the fallback's payload, not enrolled, reason `"fallback"`, with version 1
   *   and the context's first text as the unit's id: nothing is logged of it
   * @throws ExperimentError `invalid_argument` for a key without a fallback and for options that are not as they should be:
   *   mistakes of the code, which the compiler refuses
   */
  assign<const K extends ExperimentKey<C>, const X extends ContextIn<C, K>>(
    experiment: K,
    context: X,
    options?: CallOptionsOf<C>,
  ): AssignmentOf<C, K>;
}

const readFallbacks = (value: object): Record<string, { variants: readonly string[]; payload: unknown }> =>
  fields(
    Object.fromEntries(
      Object.keys(object(value, ["fallbacks"])).map((key) => [
        key,
        fields({ variants: list(text), payload: given }),
      ]),
    ),
  )(value, ["fallbacks"]);

/**
 * An assigner for pages, which loads its catalogue and does not ship it: whatever was loaded, the code has an answer, and
 * what is wrong is told.
 * @param make       makes the assigner from what was loaded, e.g. `() => createAssigner(json)`, or
 *   `() => hydrate(snapshot)`; it may throw
 * @param fallbacks  for each experiment, the variants that the code can show and the payload to go on with when there is no
 *   assignment
 * @param onProblem  told once of each problem, as an error: what `make` threw, and what a call threw (a fallback was given);
 *   `absent_experiment` at ["experiments", key], and `other_variants` at ["experiments", key, "variants"] where the
 *   catalogue has variants that the code does not know, or lacks some of those that it does. What it throws is dropped
 * @returns the assigner: with `typeof catalogue`, which is imported as a type only, it knows keys, variants and payloads
 * @throws ExperimentError `invalid_argument` for fallbacks that are not as they should be, and for what is not a function
 * @example
 * const json = undefined; // nothing could be loaded
 * const page = withFallbacks(() => createAssigner(json as never), {
 *   cta: { variants: ["control", "b"], payload: "Buy" },
 * });
 * page.assign("cta", { userId: "u1" }).payload; // "Buy"
 */
export function withFallbacks<C extends Catalogue>(
  make: () => Answers,
  fallbacks: Fallbacks<C>,
  onProblem?: (problem: unknown) => void,
): PageAssigner<C> {
  callback(make, ["make"]);
  const known = new Map(Object.entries(readFallbacks(fallbacks)));
  if (onProblem !== undefined) callback(onProblem, ["onProblem"]);
  const told = new Set<string>();
  const tell = (problem: unknown) => {
    const name = String(problem);
    if (told.has(name)) return;
    told.add(name);
    try {
      onProblem?.(problem);
    } catch {
      // A log that fails must not break the page.
    }
  };
  const absent = (experiment: string, there: readonly string[]) =>
    new ExperimentError({ absent_experiment }, ["experiments", experiment], undefined, { known: there });
  const compare = (experiment: string, there: readonly string[], whole: boolean) => {
    const { variants } = known.get(experiment)!;
    if (there.some((each) => !variants.includes(each)) || (whole && there.length < variants.length))
      tell(
        new ExperimentError({ other_variants }, ["experiments", experiment, "variants"], undefined, {
          known: variants,
          example: there.join(", "),
        }),
      );
  };
  let answers: Answers | undefined;
  try {
    answers = make();
    const there = answers.catalogue?.experiments;
    if (there)
      for (const experiment of known.keys()) {
        const found = there.find(({ key }) => key === experiment);
        if (found)
          compare(
            experiment,
            found.variants.map(({ key }) => key),
            true,
          );
        else
          tell(
            absent(
              experiment,
              there.map(({ key }) => key),
            ),
          );
      }
  } catch (problem) {
    tell(problem);
  }
  return {
    assign(experiment: string, context: object, options?: CallOptions) {
      const fallback = known.get(experiment);
      if (!fallback) refuse(experiment, ["experiment"], { known: [...known.keys()] });
      readCall(options ?? {}, ["options"]);
      try {
        if (answers) {
          const assignment = answers.assign(experiment as never, context as never, options);
          if (assignment.variant !== null) compare(experiment, [assignment.variant], false);
          return assignment;
        }
      } catch (problem) {
        tell(problem);
      }
      const unitId =
        Object.values(Object(context)).find((each) => typeof each === "string" && each) ?? "unknown";
      return {
        experiment,
        definitionVersion: 1,
        unitId,
        payload: fallback!.payload,
        enrolled: false,
        variant: null,
        reason: "fallback",
      };
    },
  } as PageAssigner<C>;
}
