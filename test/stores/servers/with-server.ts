import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasServer, type ServerKind, startServer, type TestServer } from "./server.mjs";

/** Servers are started in continuous integration, and where this is asked for. */
const asked = process.env.ESSAI_REQUIRE_SERVERS === "1";

/** Tests that need a kind of server on this machine; where they are left out, they say so. */
export function ifServer(kind: ServerKind, tests: () => void): void {
  if (asked && hasServer(kind)) describe(`a server of ${kind}`, tests);
  else
    test(`left out: a server of ${kind}, which ESSAI_REQUIRE_SERVERS=1 starts where it is installed`, () => {
      expect(asked, `${kind} is required here`).toBe(false);
    });
}

/**
 * Tests that need a running server of their own.
 * @param tests  declares them; the server is there once they run
 */
export function withServer(kind: ServerKind, tests: (server: () => TestServer) => void): void {
  ifServer(kind, () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startServer(kind);
    }, 60_000);
    afterAll(() => server.stop());
    tests(() => server);
  });
}
