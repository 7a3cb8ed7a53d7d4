import { type ErrorPath, ExperimentError, not_json } from "../../errors/index.js";

/** Refuses what has no text in JSON, which is what a ledger keeps of it. */
export function requireJson(value: unknown, path: ErrorPath): void {
  let text: string | undefined = "null";
  try {
    if (value !== null) text = JSON.stringify(value);
  } catch (cause) {
    throw new ExperimentError({ not_json }, path, value, { cause });
  }
  if (text === undefined) throw new ExperimentError({ not_json }, path, value);
}
