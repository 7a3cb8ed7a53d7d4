export { checkFields, shapeProblems } from "./check-shape.js";
export { fitsFields } from "./fits-fields.js";
export { isPlainObject } from "./plain-object.js";
export { requireKeys } from "./require-keys.js";
export { requireShallow } from "./require-shallow.js";
export { requireShape } from "./require-shape.js";
export type { Fields, FieldsFor, FieldsType, NamedShapes, Shape, ShapeType } from "./shape.js";
