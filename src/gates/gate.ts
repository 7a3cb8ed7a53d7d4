import type { Decided } from "../core/assignment.js";
import type { Arm, ReadRule } from "./read-experiment.js";

/** What a call brings besides the unit, read. */
export interface Call {
  readonly now?: number;
  /** Wanted variant by experiment. */
  readonly overrides?: { readonly [experiment: string]: string } | undefined;
  readonly decisions?: readonly Decided[];
}

/** How the unit stands in other experiments, as far as that is known, by their keys. */
export type Reached = ReadonlyMap<string, Standing | Awaiting>;

interface Standing {
  readonly enrolled: boolean;
  readonly variant: string | null;
}

/** The policy of an experiment is to choose first: of this one, or of one that it depends on. */
export interface Awaiting {
  readonly awaits: string;
}

/** A rule that holds, with whether the unit is held back from it. */
export type Ruled = ReadRule & { readonly heldBack: boolean };

/**
 * Asks one gate about a unit with these attributes.
 * @returns true where the unit goes on to the next gate; false where it stays out, or the variant that it gets, both for
 *   the reason that is the gate's name; the rule that it meets; a decision that was made, or is awaited; or the key of an
 *   experiment in which it must be assigned before the gate can say anything
 */
export type Ask = (
  unitId: string,
  context: object,
  call?: Call,
  reached?: Reached,
) => boolean | Arm | Ruled | Decided | Awaiting | string;
