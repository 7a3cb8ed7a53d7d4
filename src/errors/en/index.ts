// The error table: one constant a code. Constants, not one object, so that a bundle carries only the sentences it can
// throw. docs/errors.md is generated from this table and the French one (`npm run docs:errors`).
export * from "./analysis.js";
export * from "./bandits.js";
export * from "./cli.js";
export * from "./core.js";
export * from "./data.js";
export * from "./definition.js";
export * from "./designs.js";
export * from "./stats.js";
