import * as z from "zod";
import type { Cells } from "../core/cells.js";
import { errorOf, issueProblems } from "../errors/index.js";

const name = z.string().min(1);
const numbers = z.array(z.number());

const moments = z.strictObject({
  n: z.number(),
  names: z.array(name).min(1),
  mean: numbers,
  comoment: numbers,
  m3: numbers.optional(),
  max: numbers.optional(),
});

/** Ready-made cells, from unknown JSON; shape only, see `checkCells` for what no sample can have. */
export const cellsSchema = z.strictObject({
  format: z.literal("essai.cells/1"),
  experiment: name,
  dimensions: z.array(name),
  metrics: z.array(name),
  cells: z.array(
    z.strictObject({
      variant: name,
      definitionVersion: z.number().int(),
      levels: z.array(z.string()),
      units: z.number(),
      moments: z.array(moments),
    }),
  ),
  excluded: z.record(z.string(), z.number().int().min(0)).default({}),
});

/**
 * Reads the shape of ready-made cells.
 * @param input  parsed JSON
 * @returns the cells, not yet checked for numbers that no sample can have
 * @throws ExperimentError every problem of the shape, at its path
 */
export function parseCells(input: unknown): Cells {
  const result = cellsSchema.safeParse(input);
  if (!result.success) throw errorOf(issueProblems(result.error.issues, input));
  return result.data as Cells;
}
