/** A number of a list at a place that is known to be in it: what hot loops read. */
export const numberAt = (list: Float64Array | readonly number[], place: number): number =>
  list[place] as number;
