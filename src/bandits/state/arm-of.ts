import { once } from "../../core/once.js";
import { actionIndex } from "../../rounds/action-index.js";
import type { Setup } from "./state.js";

/** Index of the arm that plays an action, given by its key or by its levels; −1 if none does. */
export const armOf = ({ arms }: Setup, action: unknown): number => once(arms, actionIndex)(action);
