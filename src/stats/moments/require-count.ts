import { type ErrorPath, ExperimentError, negative_count, requireNumber } from "../../errors/index.js";

/**
 * Refuses what is not a count.
 * @throws ExperimentError `negative_count` for a number that is negative or not whole, else what `requireNumber` throws
 */
export function requireCount(count: unknown, path: ErrorPath): asserts count is number {
  if (typeof count === "number" && count >= 0 && Number.isInteger(count)) return;
  requireNumber(count, path);
  throw new ExperimentError({ negative_count }, path, count, { expected: { atLeast: 0, whole: true } });
}
