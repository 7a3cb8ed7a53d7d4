export { labelledReplay } from "./replay-labelled.js";
export { loggedReplay } from "./replay-log.js";
export { tableNumber } from "./table-contexts.js";
