export type { AsyncCase, Case } from "./case.js";
export { type ConstraintTrial, constraintSuite } from "./constraint-suite.js";
export { type EncoderTrial, encoderSuite } from "./encoder-suite.js";
export { type LedgerPlace, ledgerStoreSuite } from "./ledger-store-suite.js";
export { modelSuite } from "./model-suite.js";
export { type ModelTrial, modelTrials } from "./model-trials.js";
export { type ObjectiveTrial, objectiveSuite } from "./objective-suite.js";
export { type PolicyTrial, policySuite } from "./policy-suite.js";
export { type StorePlace, storeSuite } from "./store-suite.js";
