import type { Source } from "../core/cells.js";
import type { Definition } from "../core/definition.js";
import type { BanditRun } from "./bandit-run/run.js";
import type { Contrast } from "./comparison.js";
import type { LookHistory } from "./looks/look-history.js";

/** What to analyze, and how far down. */
export interface AnalyzeRequest {
  /** The definition whose control, shares, metrics and plan are used. */
  readonly experiment: Definition;
  readonly source: Source;
  /** Keys of the definition's metrics to read; default all, in its order. */
  readonly metrics?: readonly string[];
  /** Dimensions to look into; default none. */
  readonly dimensions?: readonly string[];
  /** Crossings of dimensions that are cells of the micro grain; default all dimensions crossed. */
  readonly combinations?: readonly (readonly string[])[];
  /** Pairs to compare besides each variant against control. */
  readonly contrasts?: readonly Contrast[];
  /** Confidence level, fraction in (0, 1); default the plan's. */
  readonly level?: number;
  /** Earlier versions of the definition, for data that span several. */
  readonly earlier?: readonly Definition[];
  /** What the policy did, from `banditRun`; becomes the report's `bandit` section. */
  readonly bandit?: BanditRun;
  /**
   * What the looks before this one have shown, from the last report's `looks.history`; null at the first look, so that the
   * report holds one for the next. Without it, every look is read for itself.
   */
  readonly history?: LookHistory | null;
  /** Called now and then with the fraction read, in [0, 1]. */
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}
