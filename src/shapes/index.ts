export { checkFields, shapeProblems } from "./check-shape.js";
export type { Fields, FieldsType, NamedShapes, Shape, ShapeType } from "./shape.js";
