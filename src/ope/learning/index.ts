export { learnedValue } from "./learned-value.js";
export { RidgeLearner, type RidgeRounds } from "./ridge-learner.js";
