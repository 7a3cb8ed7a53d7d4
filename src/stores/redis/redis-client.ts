import { refuseType } from "../../errors/index.js";

/** A client of Redis or Valkey, connected: of `redis` (node-redis), by `sendCommand`, or of `ioredis`, by `call`. */
export type RedisClient =
  | { sendCommand(command: string[]): Promise<unknown> }
  | { call(command: string, ...args: string[]): Promise<unknown> };

/** How a client is sent a command. */
export function commander(client: RedisClient): (command: string, ...args: string[]) => Promise<unknown> {
  const { call, sendCommand } = Object(client);
  if (typeof call !== "function" && typeof sendCommand !== "function")
    refuseType(client, ["client"], "object");
  // ioredis has a `sendCommand` of another kind, too.
  return (command, ...args) =>
    "call" in client ? client.call(command, ...args) : client.sendCommand([command, ...args]);
}
