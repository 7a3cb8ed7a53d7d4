import type { Condition } from "../core/condition.js";
import type { Ranged } from "./ranged.js";
import type { RefusedAttribute } from "./refused-attributes.js";

/** A group of units in which a treatment does something else than in the others. */
export interface FoundSegment {
  /** Who is in it, as an audience says it. */
  readonly condition: Condition;
  /** Share of all units. */
  readonly share: number;
  /** Effect on one unit, in the outcome's unit × worth, before costs: in the segment, and in the rest that it is compared with. */
  readonly inside: Ranged;
  readonly outside: Ranged;
  readonly difference: Ranged;
  /** Of "inside as outside", corrected: of all segments of all treatments together. */
  readonly pValue: number;
  /** What treating the segment, and nobody else, brings per unit of everybody, net of cost. */
  readonly gain: Ranged;
  /** What comes back of each amount that treating it costs, beyond that amount: (inside − cost) / cost; absent without a cost. */
  readonly roi?: Ranged;
  /** Net of cost: treat only the segment, everyone but it, everyone all the same, or nobody. */
  readonly action: "only" | "except" | "everyone" | "nobody";
  /** Share of the splits that found it. */
  readonly support: number;
}

/** One treatment against control. */
export interface TreatmentSegments {
  readonly control: string;
  readonly treatment: string;
  readonly units: number;
  /** What treating a unit costs. */
  readonly cost: number;
  /** Value of a unit that is not treated. */
  readonly nobody: number;
  /** What treating everyone brings per unit, net of cost. */
  readonly everyone: Ranged;
  /** Of "the effect is the same for everyone", corrected over treatments. */
  readonly pValue: number;
  /** The largest gain first; empty where the effect is not shown to differ, or no rule is found again and again. */
  readonly segments: readonly FoundSegment[];
}

/** What `discoverSegments` found. */
export interface SegmentDiscovery {
  readonly format: "essai.segments/1";
  readonly level: number;
  readonly units: number;
  readonly splits: number;
  /** Attributes that were searched. */
  readonly attributes: readonly string[];
  readonly refused: readonly RefusedAttribute[];
  readonly treatments: readonly TreatmentSegments[];
  /** What amounts are in; null where it was not told. */
  readonly currency: string | null;
  readonly excluded: Readonly<Record<"missing_outcome" | "several_variants" | "other_variant", number>>;
}
