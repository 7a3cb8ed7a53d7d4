export { lockFolder } from "./lock-folder.js";
export { LineReader, LineWriter, unsealed } from "./sealed-lines.js";
