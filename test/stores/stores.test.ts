import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { memoryStore } from "essai/stores";
import { fileStore } from "essai/stores/file";
import { postgresStore } from "essai/stores/postgres";
import { redisStore } from "essai/stores/redis";
import { Redis } from "ioredis";
import pg from "pg";
import { createClient } from "redis";
import { afterAll, beforeAll, describe } from "vitest";
import { withServer } from "./servers/with-server.js";
import { newPrefix, storeTests } from "./store-tests.js";

describe("memory", () =>
  storeTests(() => {
    const store = memoryStore();
    return { open: () => store };
  }));

describe("file", () =>
  storeTests(() => {
    const folder = mkdtempSync(join(tmpdir(), "essai-store-"));
    return { open: () => fileStore(folder), remove: () => rmSync(folder, { recursive: true }) };
  }));

describe("postgres, in this process", () => {
  let client: PGlite;
  beforeAll(async () => {
    client = await PGlite.create();
  });
  afterAll(() => client.close());
  storeTests(() => {
    const prefix = newPrefix();
    return { open: () => postgresStore(client, { prefix }) };
  });
});

withServer("postgres", (server) => {
  let pool: pg.Pool;
  beforeAll(() => {
    pool = new pg.Pool({
      host: "127.0.0.1",
      port: server().port,
      user: "essai",
      database: "postgres",
      max: 8,
    });
  });
  afterAll(() => pool.end());
  storeTests(() => {
    const prefix = newPrefix();
    return { open: () => postgresStore(pool, { prefix }) };
  });
});

withServer("redis", (server) => {
  let node: ReturnType<typeof createClient>;
  let io: Redis;
  beforeAll(async () => {
    node = createClient({ url: `redis://127.0.0.1:${server().port}` });
    await node.connect();
    io = new Redis(server().port, "127.0.0.1");
  });
  afterAll(() => {
    node.destroy();
    io.disconnect();
  });
  // Both clients at once: what one writes, the other reads.
  storeTests(() => {
    const prefix = newPrefix();
    let opened = 0;
    return { open: () => redisStore(opened++ % 2 === 0 ? node : io, { prefix }) };
  });
});
