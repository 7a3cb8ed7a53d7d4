import type { Told } from "./parameters.js";

/** Whether what was received reads like a number with a decimal comma. */
export const hasComma = ({ received }: Told): boolean =>
  typeof received === "string" && /^[^,]*\d,\d+\D*$/.test(received);
