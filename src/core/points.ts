/** Number of points: hashes are integers in 0 … 2³² − 1, and ranges of points end at 2³². */
export const POINTS = 4_294_967_296;
