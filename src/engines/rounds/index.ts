export { locatedRounds } from "./located-rounds.js";
export { type ReadRoundsOptions, type RoundsFile, readRounds } from "./read-rounds.js";
export { writeRounds } from "./write-rounds.js";
