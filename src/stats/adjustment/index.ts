export { type CovariateFit, covariateFit } from "./covariate-fit.js";
