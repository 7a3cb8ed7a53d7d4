import { checkFields, type FieldsFor } from "../../shapes/index.js";
import type { LedgerStore } from "../ledger-store.js";
import { nameText } from "../name-text.js";
import { commander, type RedisClient } from "./redis-client.js";

/** How bandits are kept in Redis. */
export interface RedisStoreOptions {
  /** What the keys begin with: one hash per bandit, and per shard of a ledger. Default `"essai:bandit:"`. */
  readonly prefix?: string;
}

const fields = { prefix: { kind: "text", optional: true } } as const satisfies FieldsFor<RedisStoreOptions>;

/** Compares and swaps, in one step of the server. */
const REPLACE = `
if (redis.call('HGET', KEYS[1], 'revision') or '') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'revision', ARGV[2], 'record', ARGV[3])
if ARGV[4] then redis.call('HSET', KEYS[1], ARGV[4], ARGV[5]) end
return 1`;

/** A log is a hash: its entries by number, the last number, and how many are gone. */
const APPEND = `
local n = redis.call('HINCRBY', KEYS[1], 'last', 1)
redis.call('HSET', KEYS[1], n, ARGV[1])
return n`;
const ENTRIES = `
local ends = redis.call('HMGET', KEYS[1], 'gone', 'last')
local from = math.max(tonumber(ARGV[1]), tonumber(ends[1] or '0'))
local to = math.min(from + tonumber(ARGV[2]), tonumber(ends[2] or '0'))
local found = {}
for n = from + 1, to do
  found[#found + 1] = tostring(n)
  found[#found + 1] = redis.call('HGET', KEYS[1], n)
end
return found`;
const TRIM = `
local ends = redis.call('HMGET', KEYS[1], 'gone', 'last')
local gone = tonumber(ends[1] or '0')
local to = math.min(tonumber(ARGV[1]), tonumber(ends[2] or '0') - 1)
for n = gone + 1, to do redis.call('HDEL', KEYS[1], n) end
if to > gone then redis.call('HSET', KEYS[1], 'gone', to) end
return 1`;

const text = (value: unknown): string | undefined =>
  value === null || value === undefined ? undefined : String(value);

/**
 * A store in Redis 6 or later, or in Valkey: one hash per bandit and per log, each changed by one script, so that it works in
 * a cluster.
 * @param client   connected, and closed, by the caller
 * @param options  what its keys begin with
 * @returns the store. What it took survives what the server's persistence survives; a server that comes back without its
 *          last seconds is given them again by the processes that live
 * @throws ExperimentError `missing_value` or `wrong_type` at ["client"]; `unknown_key` and `wrong_type` at ["options", …]
 */
export function redisStore(client: RedisClient, options: RedisStoreOptions = {}): LedgerStore {
  const send = commander(client);
  checkFields(options, fields, ["options"]);
  const { prefix = "essai:bandit:" } = options;
  const keyOf = (bandit: string) => prefix + nameText(bandit);
  const logOf = (log: string) => `${prefix}log:${nameText(log)}`;
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
    append: async (log, entry) => Number(await send("EVAL", APPEND, "1", logOf(log), entry)),
    async entries(log, after, most) {
      const found = await send("EVAL", ENTRIES, "1", logOf(log), String(after), String(most));
      const texts = Array.isArray(found) ? found.map(String) : [];
      return Array.from({ length: texts.length / 2 }, (_, i) => ({
        number: Number(texts[2 * i]),
        text: texts[2 * i + 1] ?? "",
      }));
    },
    async trim(log, upTo) {
      await send("EVAL", TRIM, "1", logOf(log), String(upTo));
    },
  };
}
