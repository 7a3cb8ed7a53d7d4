import { net } from "./net.js";

/** Every objective, by name. */
export const objectives = { net } as const;
