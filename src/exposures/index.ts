export type { Assignment, Exposure } from "../core/assignment.js";
export { createExposureLog, type ExposureLog, type ExposureLogOptions } from "./exposure-log.js";
export { exposureId, exposureOf } from "./exposure-of.js";
export {
  createSender,
  postTo,
  type Sender,
  type SenderOptions,
  type SenderStats,
  type Transport,
} from "./sender.js";
