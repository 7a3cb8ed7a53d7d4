export type { FileEngine, FileOptions, FileTable, FileValue, OpenFileEngine } from "./file-engine.js";
export { type FileEngineName, fileEngines, openFileEngine } from "./file-engines.js";
export {
  checkFile,
  type FileFormat,
  fileFormat,
  fileFormats,
  isLocalFile,
} from "./file-format.js";
export { fileLines } from "./file-lines.js";
export { parseJson } from "./parse-json.js";
