export { partOf } from "./make-part.js";
export { requireBandit } from "./require-bandit.js";
export { stateFacts } from "./state-facts.js";
export { stateFields } from "./state-fields.js";
