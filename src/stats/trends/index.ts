export { type ChangePoint, changePoint, changeRange } from "./change-point.js";
export { type EffectChange, effectChange, type FirstAndLast } from "./effect-change.js";
export { type LinearTrend, linearTrend } from "./linear-trend.js";
