// The French table: the same codes and parameters as the English one; a test holds them together.
export * from "./analysis.js";
export * from "./bandits.js";
export * from "./cli.js";
export * from "./core.js";
export * from "./data.js";
export * from "./definition.js";
export * from "./designs.js";
export * from "./stats.js";
