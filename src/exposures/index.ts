export type { Assignment, Exposure } from "../core/assignment.js";
export { createExposureLog, type ExposureLog, type ExposureLogOptions } from "./exposure-log.js";
export { exposureId, exposureOf } from "./exposure-of.js";
export { type ExposureQueue, memoryQueue } from "./exposure-queue.js";
export { createPageSender, type PageSenderOptions } from "./page-sender.js";
export { postTo, type Transport, type TransportFailure } from "./post-to.js";
export { createSender, type SenderOptions } from "./sender.js";
export type { LossReason, Sender, SenderStats, Tuning } from "./sending.js";
export { type StoredQueueOptions, storedQueue } from "./stored-queue.js";
