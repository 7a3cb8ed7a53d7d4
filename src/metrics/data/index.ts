export { assembleCells, Exclusions, type Group, missingLevel, severalLevels } from "./assemble-cells.js";
export type { TailPart } from "./assemble-tails.js";
export { assembleTime, type TimePart } from "./assemble-time.js";
export { type Bin, binsOf, edgeLevels, otherLevel } from "./bins.js";
export { cellsShape, foundCapFields } from "./cells-shape.js";
export { clusteredColumns, clusterReasons } from "./clusters.js";
export {
  type EventsColumns,
  eventsColumns,
  type TableColumns,
  tableColumns,
  timedColumns,
} from "./columns.js";
export type { CountedValue } from "./counted-values.js";
export { declaredDimensions } from "./declared-dimensions.js";
export { type ExposedGroup, triggerReasons } from "./exposed-group.js";
export {
  dataMappingShape,
  eventsMappingShape,
  mappingProblems,
  requireMapping,
  tableMappingShape,
} from "./mapping-shape.js";
export { orderedDimensions } from "./ordered-dimensions.js";
export { microsecondsOf, numberOf, textOf } from "./parse.js";
export { parseCells } from "./parse-cells.js";
export type { MetricColumns, PerUnitValue, ValueTerm } from "./per-unit-values.js";
export {
  type CapPlan,
  type CappedMetrics,
  capPlans,
  shareBelow,
  withCaps,
} from "./percentile-caps.js";
export { readEventRows } from "./read-event-rows.js";
export { clusterColumn, readGrains } from "./read-grains.js";
export { readTableRows } from "./read-table-rows.js";
export { readTableUnits, type TableUnits } from "./read-table-units.js";
export { type VariantReading, variantReading } from "./reading.js";
export type { RowTable } from "./row-table.js";
export { rowsInMemory } from "./rows-in-memory.js";
export { stepShift, stepsPerLog, type TailPlan, tailPlans } from "./tail-steps.js";
export { partsOf, type TimePlan, timePlan, type WantedSlice } from "./time-plan.js";
