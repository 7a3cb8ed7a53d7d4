export { type ContextEncoder, contextEncoder } from "./context-encoder.js";
export { encoders } from "./encoders.js";
export { featureFields } from "./features.js";
