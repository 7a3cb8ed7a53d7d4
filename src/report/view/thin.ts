import type { Comparison } from "../../analysis/index.js";

/** @returns whether a cell has too little data to say anything: its numbers are not shown, ranked or coloured */
export function isThin({ thin = false, difference }: Comparison): boolean {
  return thin || difference.planned.status !== "ok";
}
