import { ExperimentError, invalid_signature, unsupported_format } from "../errors/index.js";
import type { Snapshot } from "./create-assigner.js";

const utf8 = new TextEncoder();

function importKey(secret: string): Promise<CryptoKey> {
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

/**
 * Seals a snapshot, so that an edge or a page can tell whether it was changed on the way. It is signed, not hidden.
 * @param snapshot  what `assigner.snapshot` gave
 * @param secret    shared with whoever opens it, and with nobody else
 * @returns a token of URL-safe characters: the JSON and its HMAC-SHA-256 (WebCrypto), each in base64url
 */
export async function sealSnapshot(snapshot: Snapshot, secret: string): Promise<string> {
  const bytes = utf8.encode(JSON.stringify(snapshot));
  const signature = await crypto.subtle.sign("HMAC", await importKey(secret), bytes);
  return `${toBase64Url(bytes)}.${toBase64Url(new Uint8Array(signature))}`;
}

/**
 * Opens a sealed snapshot.
 * @param token   what `sealSnapshot` gave
 * @param secret  the one it was sealed with
 * @returns the snapshot, for `hydrate`
 * @throws ExperimentError `invalid_signature` when token or secret were changed, `unsupported_format`
 */
export async function openSnapshot(token: string, secret: string): Promise<Snapshot> {
  const [body, seal, ...more] = String(token).split(".");
  const bytes = fromBase64Url(body ?? "");
  const signature = fromBase64Url(seal ?? "");
  const sound =
    bytes &&
    signature &&
    more.length === 0 &&
    (await crypto.subtle.verify("HMAC", await importKey(secret), signature, bytes));
  if (!sound) throw new ExperimentError({ invalid_signature }, ["token"], token);
  const snapshot = JSON.parse(new TextDecoder().decode(bytes)) as Snapshot;
  if (snapshot.format !== "essai.snapshot/1")
    throw new ExperimentError({ unsupported_format }, ["format"], snapshot.format);
  return snapshot;
}
