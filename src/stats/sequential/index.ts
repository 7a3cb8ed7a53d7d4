export { addLook, type SequentialState, sequentialStateFields } from "./add-look.js";
