export {
  type CalibratedWorld,
  type CalibrationChunk,
  calibrate,
  calibrationChunks,
  gatherCalibration,
  runCalibrationChunk,
} from "./calibrate.js";
export { calibrationTable } from "./calibration-table.js";
export type { CalibrationFigure, CalibrationWorld, Measure } from "./calibration-world.js";
export { type Covering, coverageWorld, covering, type IntervalMethod } from "./coverage-world.js";
export { type JudgedFigure, judgeFigure } from "./judge-figure.js";
export { rejectionWorld, type TestMethod } from "./rejection-world.js";
export { exactTally, mergeTallies, type Tally, TallyBuilder } from "./tally.js";
export { calibrationWorlds } from "./worlds/index.js";
