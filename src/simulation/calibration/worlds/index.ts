import type { CalibrationWorld } from "../calibration-world.js";
import { amountsCoverage } from "./amounts-coverage.js";
import { clusterCoverage } from "./cluster-coverage.js";
import { clusterMetrics } from "./cluster-metrics.js";
import { comparisonNulls } from "./comparison-nulls.js";
import { cupedCoverage } from "./cuped-coverage.js";
import { factorialNulls } from "./factorial-nulls.js";
import { familyNulls } from "./family-nulls.js";
import { groupNulls } from "./group-nulls.js";
import { liftCoverage } from "./lift-coverage.js";
import { meanNulls } from "./mean-nulls.js";
import { netCoverage } from "./net-coverage.js";
import { proportionCoverage } from "./proportion-coverage.js";
import { proportionIntervalCoverage } from "./proportion-intervals.js";
import { quantileCoverage } from "./quantile-coverage.js";
import { quantileMetricCoverage, quantileMetricNulls } from "./quantile-metrics.js";
import { rateNulls } from "./rate-nulls.js";
import { ratioNulls } from "./ratio-nulls.js";
import { reasonCoverage } from "./reason-coverage.js";
import { revenueCoverage } from "./revenue-coverage.js";
import { revenueNulls } from "./revenue-nulls.js";
import { stratifiedCoverage } from "./stratified-coverage.js";
import { tableNulls } from "./table-nulls.js";

/** Every world of the calibration table, in its order. A new group is one file and one line here. */
export const calibrationWorlds: readonly CalibrationWorld[] = [
  ...liftCoverage,
  ...revenueCoverage,
  ...netCoverage,
  ...reasonCoverage,
  ...amountsCoverage,
  ...proportionCoverage,
  ...proportionIntervalCoverage,
  ...quantileCoverage,
  ...quantileMetricCoverage,
  ...stratifiedCoverage,
  ...cupedCoverage,
  ...clusterCoverage,
  ...clusterMetrics,
  ...ratioNulls,
  ...meanNulls,
  ...revenueNulls,
  ...tableNulls,
  ...rateNulls,
  ...groupNulls,
  ...comparisonNulls,
  ...quantileMetricNulls,
  ...factorialNulls,
  ...familyNulls,
];
