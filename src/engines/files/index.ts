export type { FileEngine, FileTable, FileValue, OpenFileEngine } from "./file-engine.js";
export { type FileEngineName, fileEngines, openFileEngine } from "./file-engines.js";
export { checkFile, type FileFormat, fileFormat, fileFormats, isLocalFile, openFile } from "./file-format.js";
