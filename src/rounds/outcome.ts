import type { Json } from "../core/json.js";
import type { Decision } from "./decision.js";

/**
 * What came back for an action: of a variant, told by its key, or of an action, by its levels. A decision with its reward
 * is one: `{ ...decision, reward: 1 }`.
 */
export type Outcome = Partial<Pick<Decision, "experiment" | "definitionVersion" | "reason">> & {
  /** Of the decision, so that errors name it; otherwise not read. */
  readonly decisionId?: string;
  readonly reward: number;
  /** The decision's context; default null. */
  readonly context?: Json;
} & (
    | { readonly variant: string; readonly action?: Decision["action"] }
    | { readonly variant?: undefined; readonly action: Decision["action"] }
  );
