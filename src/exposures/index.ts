export type { Assignment, Exposure } from "../core/assignment.js";
export { createExposureLog, type ExposureLog, type ExposureLogOptions } from "./exposure-log.js";
export { exposureId, exposureOf } from "./exposure-of.js";
