export { checkFields, shapeProblems } from "./check-shape.js";
export { fitsFields } from "./fits-fields.js";
export type { Fields, FieldsFor, FieldsType, NamedShapes, Shape, ShapeType } from "./shape.js";
