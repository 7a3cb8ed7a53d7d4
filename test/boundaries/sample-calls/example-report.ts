import { madeReport } from "../../report/made-report.js";

/** A report with a dimension, as JSON gives it back. */
export const exampleReport: unknown = JSON.parse(JSON.stringify(await madeReport()));
