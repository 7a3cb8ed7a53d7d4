import { caps } from "./caps.js";
import { controlShare } from "./control-share.js";
import { floor } from "./floor.js";

/** Every constraint, by name. */
export const constraints = { floor, controlShare, caps } as const;
