export { type PostgresClient, type PostgresStoreOptions, postgresStore } from "./postgres-store.js";
