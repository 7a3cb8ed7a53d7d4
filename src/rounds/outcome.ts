import type { Json } from "../core/json.js";

/** What came back for an action. A decision with its reward is one: `{ ...decision, reward: 1 }`. */
export interface Outcome {
  /** The arm's key, or the decision's action. */
  readonly action: string | Readonly<Record<string, string>>;
  readonly reward: number;
  /** The decision's context; default null. */
  readonly context?: Json;
}
