import type { Json } from "../../core/json.js";
import type { ErrorPath, Problem } from "../../errors/index.js";
import type { Part } from "../part.js";
import type { Posterior } from "../posterior/posterior.js";
import type { Arm } from "../state/arm.js";

/** A member of the objective family: what is maximised instead of the bare reward. */
export interface Objective extends Part {
  /**
   * Refuses arms that it was not made for, when it is put to a bandit; absent: any will do.
   * @throws ExperimentError at paths within its settings
   */
  meet?(actions: readonly string[], arms: readonly Arm[]): void;
  /** Text under which a vector may be kept for a context; absent: the context is not read. */
  contextKey?(context: Json): string;
  /** What is wrong with a context; paths start at `path`. Absent: any context will do. */
  contextProblems?(context: Json, path: ErrorPath, arms: readonly Arm[]): Problem[];
  /** Beliefs about the objective in a context, given those about the reward. */
  of(posterior: Posterior, arms: readonly Arm[], context: Json): Posterior;
}
