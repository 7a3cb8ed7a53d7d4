export { ledgerFields } from "./ledger-options.js";
