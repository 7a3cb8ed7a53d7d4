export { type ChangePoint, changePoint, changeRange } from "./change-point.js";
export { type LinearTrend, linearTrend } from "./linear-trend.js";
