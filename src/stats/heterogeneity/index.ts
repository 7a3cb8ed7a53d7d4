export type { EffectScale, LevelPart, LevelsTest } from "./level-table.js";
export { meanLevelsTest } from "./mean-levels-test.js";
export { rateLevelsTest } from "./rate-levels-test.js";
