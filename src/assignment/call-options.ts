import type { Decided } from "../core/assignment.js";

/** What one call may bring besides the unit. */
export interface CallOptions {
  /** The time, needed where an experiment has a schedule: a `Date`, or milliseconds since 1970. */
  readonly now?: Date | number;
  /**
   * Variant by experiment, for trying things: wins over everything, and is never exposed. A variant that does not
   * exist is ignored and reported (`AssignerOptions.onIgnoredOverride`): a visitor's address never breaks a page.
   */
  readonly overrides?: { readonly [experiment: string]: string };
  /**
   * What `decide` gave for experiments whose policy learns. Each counts for its experiment, version and unit only, so that
   * a list may hold those of many.
   */
  readonly decisions?: readonly Decided[];
}
