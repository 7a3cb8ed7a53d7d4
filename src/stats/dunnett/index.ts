export { firstError, type GainsFamily } from "./first-error.js";
export { errorOfEach, errorTogether, sharedCorrelation } from "./many-to-one.js";
