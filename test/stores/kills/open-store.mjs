import { fileStore } from "essai/stores/file";
import { postgresStore } from "essai/stores/postgres";
import { redisStore } from "essai/stores/redis";
import { Redis } from "ioredis";
import pg from "pg";

/**
 * @param kind   "file", "postgres" or "redis"
 * @param place  a folder, or a port of the loopback
 * @returns the store, and what ends its client
 */
export function openStore(kind, place) {
  if (kind === "file") return { store: fileStore(place), end: () => undefined };
  if (kind === "redis") {
    const client = new Redis(Number(place), "127.0.0.1", {
      maxRetriesPerRequest: 1,
      retryStrategy: () => 50,
    });
    client.on("error", () => undefined);
    return { store: redisStore(client), end: () => client.disconnect() };
  }
  const pool = new pg.Pool({
    ...{ host: "127.0.0.1", port: Number(place), user: "essai", database: "postgres" },
    ...{ max: 2, connectionTimeoutMillis: 2_000 },
  });
  pool.on("error", () => undefined);
  return { store: postgresStore(pool), end: () => pool.end() };
}
