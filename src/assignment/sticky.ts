import type { Assignment } from "../core/assignment.js";
import type { Definition } from "../core/definition.js";
import { POINTS } from "../core/points.js";
import {
  type ErrorPath,
  ExperimentError,
  invalid_sticky,
  type OptionalKinds,
  requireParts,
} from "../errors/index.js";
import { rolledOut } from "../gates/rolled-out.js";
import { hashOf, seedOf, VARIANT } from "../hash/seed.js";
import { checker, isShare, isText } from "./checker.js";

/** What is remembered of a unit's first assignment. Plain JSON. */
export interface StickyRecord {
  readonly variant: string;
  readonly definitionVersion: number;
  readonly propensity: number;
  readonly rule?: string;
  readonly heldBack?: boolean;
}

/** Where sticky assignments are kept; synchronous, so that assigning stays so: load a unit's records beforehand. */
export interface StickyStore {
  /** @returns the unit's record in the experiment as `set` was given it, undefined or null if there is none; no promise */
  get(experiment: string, unitId: string): StickyRecord | undefined;
  /** Called for a unit that is newly enrolled at random or by a rule. */
  set(experiment: string, unitId: string, record: StickyRecord): void;
}

/** Options of {@link keepSticky}. */
export interface StickyOptions {
  /**
   * Told what the store threw: a browser may refuse cookies or storage, or be out of room. Told also, as `invalid_sticky`,
   * of what the store holds and was not given: a visitor may write a cookie. The unit is then assigned as if nothing were
   * kept. What this throws is dropped: it is for a log, and must not break a page.
   */
  readonly onError?: (error: unknown, experiment: string, unitId: string) => void;
}

/** What {@link keepSticky} makes: for each experiment, what becomes of a fresh assignment. */
export type Sticky = (
  definition: Definition<string, unknown>,
) => (fresh: Assignment<string, unknown>) => Assignment<string, unknown>;

/** @throws ExperimentError `invalid_sticky` for a promise: the store is written wrongly, and no unit would ever be kept */
function requireNoPromise(found: unknown, path: ErrorPath): void {
  const then: unknown = Object(found).then;
  if (typeof then !== "function") return;
  // It is refused as a promise, whatever becomes of it.
  then.call(
    found,
    () => undefined,
    () => undefined,
  );
  throw new ExperimentError({ invalid_sticky }, path, found);
}

/**
 * @returns what a store gave, once it is a record or nothing
 * @throws ExperimentError `invalid_sticky` for what was not put there
 */
function recordOf(found: unknown, path: ErrorPath): StickyRecord | undefined {
  if (found === undefined || found === null) return undefined;
  const record = found as StickyRecord;
  const check = checker(record, { invalid_sticky }, path);
  check("variant", () => isText(record.variant));
  check("definitionVersion", () => Number.isSafeInteger(record.definitionVersion));
  check("propensity", () => isShare(record.propensity) && record.propensity);
  check("rule", () => record.rule === undefined || isText(record.rule));
  check("heldBack", () => record.heldBack === undefined || typeof record.heldBack === "boolean");
  return record;
}

/**
 * Keeps every unit in the variant it was first given, with the version and propensity of that time, even when it no
 * longer meets the audience or the allocation has changed; for as long as status, schedule, layer, holdouts and
 * prerequisites let the experiment run for it. A variant that was removed is forgotten. A change of coverage never
 * needs this.
 * @param store    where records are kept; where it throws, the unit is assigned afresh, and no record is written over
 *   one that could not be read; what is not a record is written over
 * @param options  a listener for what the store throws, and for anything it gives that is not a record
 * @returns what to pass to `createAssigner` as `sticky`; it throws `invalid_sticky` at ["store", experiment, unitId] when
 *   the store gives a promise
 * @throws ExperimentError `invalid_argument` for a store without `get` or `set`, and for the options
 */
export function keepSticky(store: StickyStore, options: StickyOptions = {}): Sticky {
  requireParts(store, ["store"], { get: "function", set: "function" });
  requireParts(options, ["options"], {}, { onError: "function" } satisfies OptionalKinds<StickyOptions>);
  const tried = <T>(act: () => T, experiment: string, unitId: string): { readonly done?: T } => {
    try {
      return { done: act() };
    } catch (error) {
      try {
        options.onError?.(error, experiment, unitId);
      } catch {
        // The listener's own fault: the page goes on.
      }
      return {};
    }
  };
  return (definition) => {
    requireParts(definition, ["definition"], { key: "text" });
    const { key: experiment, salt, variants } = definition;
    requireParts({ variants: variants?.find }, ["definition"], { variants: "function" });
    // Everybody of the audience gets the winner, and nobody else gets anything.
    if (rolledOut(definition) !== undefined) return (fresh) => fresh;
    const seed = seedOf(salt, VARIANT);
    return (fresh) => {
      requireParts(fresh, ["assignment"], { unitId: "text", reason: "text" });
      const { unitId, reason } = fresh;
      if (!["allocated", "rule", "coverage", "audience"].includes(reason)) return fresh;
      const read = tried(() => store.get(experiment, unitId), experiment, unitId);
      if (!("done" in read)) return fresh;
      const place = ["store", experiment, unitId];
      requireNoPromise(read.done, place);
      const { done: kept } = tried(() => recordOf(read.done, place), experiment, unitId);
      const variant = variants.find(({ key }) => key === kept?.variant);
      if (kept && variant) {
        const { definitionVersion, propensity, rule, heldBack } = kept;
        return {
          experiment,
          definitionVersion,
          unitId,
          payload: variant.payload,
          enrolled: true,
          variant: variant.key,
          reason: "sticky",
          point: hashOf(seed, unitId) / POINTS,
          propensity,
          ...(rule === undefined ? {} : { rule, heldBack: heldBack === true }),
        } satisfies Assignment<string, unknown>;
      }
      if (fresh.enrolled) {
        const { definitionVersion, propensity, rule, heldBack } = fresh;
        const record = { variant: fresh.variant, definitionVersion, propensity };
        const whole = rule === undefined ? record : { ...record, rule, heldBack: heldBack === true };
        tried(() => store.set(experiment, unitId, whole), experiment, unitId);
      }
      return fresh;
    };
  };
}
