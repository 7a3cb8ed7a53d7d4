export type { SpillOptions } from "./spill.js";
export { spillQueue } from "./spill-queue.js";
