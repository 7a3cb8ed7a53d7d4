/** Number of points: hashes are integers in 0 … 2³² − 1, ranges of points end at most here. */
export const POINTS = 4_294_967_296;
