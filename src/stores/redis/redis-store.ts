import { checkFields, type FieldsFor } from "../../shapes/index.js";
import type { BanditStore } from "../bandit-store.js";
import { nameText } from "../name-text.js";
import { commander, type RedisClient } from "./redis-client.js";

/** How bandits are kept in Redis. */
export interface RedisStoreOptions {
  /** What the keys begin with: one hash per bandit. Default `"essai:bandit:"`. */
  readonly prefix?: string;
}

const fields = { prefix: { kind: "text", optional: true } } as const satisfies FieldsFor<RedisStoreOptions>;

/** Compares and swaps, in one step of the server. */
const REPLACE = `
if (redis.call('HGET', KEYS[1], 'revision') or '') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'revision', ARGV[2], 'record', ARGV[3])
if ARGV[4] then redis.call('HSET', KEYS[1], ARGV[4], ARGV[5]) end
return 1`;

const text = (value: unknown): string | undefined =>
  value === null || value === undefined ? undefined : String(value);

/**
 * A store in Redis 6 or later, or in Valkey: one hash per bandit, changed by one script, so that it works in a cluster.
 * @param client   connected, and closed, by the caller
 * @param options  what its keys begin with
 * @returns the store. What it took survives what the server's persistence survives; a server that comes back without its
 *          last seconds is given them again by the processes that live
 * @throws ExperimentError `missing_value` or `wrong_type` at ["client"]; `unknown_key` and `wrong_type` at ["options", …]
 */
export function redisStore(client: RedisClient, options: RedisStoreOptions = {}): BanditStore {
  const send = commander(client);
  checkFields(options, fields, ["options"]);
  const { prefix = "essai:bandit:" } = options;
  const keyOf = (bandit: string) => prefix + nameText(bandit);
  const markOf = (source: string) => `mark:${nameText(source)}`;
  return {
    async read(bandit, source) {
      const found = await send("HMGET", keyOf(bandit), "revision", "record", markOf(source));
      const [revision, record, mark] = Array.isArray(found) ? found.map(text) : [];
      if (revision === undefined || record === undefined) return undefined;
      return { record, revision, ...(mark !== undefined && { mark }) };
    },
    async replace(bandit, { record, revision, replaces = "", source, mark }) {
      const marked = source !== undefined && mark !== undefined ? [markOf(source), mark] : [];
      const args = [replaces, revision, record, ...marked];
      return Number(await send("EVAL", REPLACE, "1", keyOf(bandit), ...args)) === 1;
    },
  };
}
