export { lockFolder } from "./lock-folder.js";
export { makeFolder } from "./make-folder.js";
export { LineReader, LineWriter, unsealed } from "./sealed-lines.js";
export { syncFolder } from "./sync-folder.js";
