import type { EstimateOptions } from "../../core/estimate.js";
import type { FieldsFor } from "../../shapes/index.js";
import { estimateFields } from "../inference/estimate-fields.js";
import type { ClusterCorrection } from "./clustered-fit.js";

/** Options of the cluster-robust comparisons. */
export interface ClusterOptions extends EstimateOptions {
  /** Default `"cr2"` with Satterthwaite's df, which holds with few or uneven clusters. */
  readonly correction?: ClusterCorrection;
}

/** The keys of {@link ClusterOptions}. */
export const clusterFields = {
  ...estimateFields,
  correction: { kind: "word", of: ["cr2", "cr1", "cr1s", "cr0"], optional: true },
} as const satisfies FieldsFor<ClusterOptions>;
