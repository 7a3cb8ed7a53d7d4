import { toldTime } from "../core/told-time.js";
import {
  ExperimentError,
  expired_snapshot,
  invalid_signature,
  invalid_snapshot,
  other_unit,
  requireParts,
} from "../errors/index.js";
import { fields, parsed, text } from "../shapes/reader.js";
import { hydrate } from "./hydrate.js";
import type { Snapshot } from "./snapshot.js";

const utf8 = new TextEncoder();

function importKey(secret: string): Promise<CryptoKey> {
  requireParts({ secret }, [], { secret: "text" });
  return crypto.subtle.importKey("raw", utf8.encode(secret), { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
    "verify",
  ]);
}

function toBase64Url(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]*$/.test(text)) return undefined;
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (each) =>
      each.charCodeAt(0),
    );
  } catch {
    return undefined;
  }
}

/** @throws ExperimentError `invalid_snapshot` at `part` with the JSON reader's or writer's error as cause */
function read<T>(part: string, look: () => T): T {
  try {
    return look();
  } catch (cause) {
    throw new ExperimentError({ invalid_snapshot }, [part], undefined, { cause });
  }
}

/** Whom a sealed snapshot is for, and until when. */
export interface SealOptions {
  /** The unit it was made for; nobody else's page can open it then. */
  readonly unitId?: string;
  /** When it expires, as a `Date` or milliseconds since 1970. */
  readonly until?: Date | number;
}

/** Who opens a sealed snapshot, and when. */
export interface OpenOptions {
  /** The unit that opens it; must be told where it was sealed for one. */
  readonly unitId?: string;
  /** The time, as a `Date` or milliseconds since 1970; must be told where it expires. */
  readonly now?: Date | number;
}

const readSealOptions = fields({}, { unitId: text, until: parsed(toldTime, "date") });
const readOpenOptions = fields({}, { unitId: text, now: parsed(toldTime, "date") });

/**
 * Seals a snapshot, so that an edge or a page can tell whether it was changed on the way, is another's, or is old. It is
 * signed, not hidden.
 * @param snapshot  what `assigner.snapshot` gave
 * @param secret    shared with whoever opens it, and with nobody else
 * @param options   whom it is for, and until when; without them anybody may show it again, for ever
 * @returns a token of URL-safe characters: the JSON and its HMAC-SHA-256 (WebCrypto), each in base64url
 * @throws ExperimentError as `hydrate` for what is not a snapshot, `invalid_snapshot` for one that JSON cannot hold,
 *   `invalid_argument` for a secret that is not text, or empty, and for options; within the promise
 */
export async function sealSnapshot(
  snapshot: Snapshot,
  secret: string,
  options: SealOptions = {},
): Promise<string> {
  hydrate(snapshot);
  const sealed = { ...snapshot, ...readSealOptions(options, ["options"]) };
  const key = await importKey(secret);
  const bytes = utf8.encode(read("snapshot", () => JSON.stringify(sealed)));
  const signature = await crypto.subtle.sign("HMAC", key, bytes);
  return `${toBase64Url(bytes)}.${toBase64Url(new Uint8Array(signature))}`;
}

/**
 * Opens a sealed snapshot.
 * @param token    what `sealSnapshot` gave
 * @param secret   the one it was sealed with
 * @param options  who opens it, and when
 * @returns the snapshot, for `hydrate`
 * @throws ExperimentError `invalid_signature` when token or secret were changed; `other_unit` when it was sealed for another
 *   unit than `unitId`, or for one and none is told; `expired_snapshot` when `now` is not before its end, or it has one and no
 *   time is told; `invalid_snapshot` and `unsupported_format`, as `hydrate`, when something else was sealed with this secret;
 *   `invalid_argument` for a secret that is not text, or empty, and for options; within the promise
 */
export async function openSnapshot(
  token: string,
  secret: string,
  options: OpenOptions = {},
): Promise<Snapshot> {
  const { now, unitId } = readOpenOptions(options, ["options"]);
  const key = await importKey(secret);
  const [body, seal, ...more] = typeof token === "string" ? token.split(".") : [];
  const bytes = fromBase64Url(body ?? "");
  const signature = fromBase64Url(seal ?? "");
  const sound =
    bytes && signature && more.length === 0 && (await crypto.subtle.verify("HMAC", key, signature, bytes));
  if (!sound) throw new ExperimentError({ invalid_signature }, ["token"], token);
  const opened = read("token", () => JSON.parse(new TextDecoder().decode(bytes)));
  hydrate(opened);
  const { unitId: owner, until, ...snapshot } = opened;
  if (owner !== undefined && owner !== unitId)
    throw new ExperimentError({ other_unit }, ["options", "unitId"], unitId);
  if (until !== undefined && !(now !== undefined && now < until))
    throw new ExperimentError({ expired_snapshot }, ["options", "now"], now, { expected: { below: until } });
  return snapshot;
}
