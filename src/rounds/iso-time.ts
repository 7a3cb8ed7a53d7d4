import { timeOf } from "./time-of.js";

let lastTime: number | undefined;
let lastText = "";

/**
 * A request's `now` as ISO 8601; many decisions of one batch share it, and writing it costs more than deciding.
 * @throws ExperimentError `missing_value` or `wrong_type` at ["now"]
 */
export function isoTime(now: Date | number): string {
  const time = timeOf(now, ["now"]);
  if (time !== lastTime) {
    lastText = new Date(time).toISOString();
    lastTime = time;
  }
  return lastText;
}
