export { partOf } from "./make-part.js";
export { stateFacts } from "./state-facts.js";
