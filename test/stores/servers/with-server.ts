import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasServer, type ServerKind, startServer, type TestServer } from "./server.mjs";

/** Servers are started in continuous integration, and where this is asked for. */
const asked = process.env.ESSAI_REQUIRE_SERVERS === "1";

/**
 * Tests that need a server of their own; without one they are left out, and say so.
 * @param tests  declares them; the server is there once they run
 */
export function withServer(kind: ServerKind, tests: (server: () => TestServer) => void): void {
  if (!(asked && hasServer(kind)))
    test(`left out: a server of ${kind}, which ESSAI_REQUIRE_SERVERS=1 starts where it is installed`, () => {
      expect(asked, `${kind} is required here`).toBe(false);
    });
  else
    describe(`a server of ${kind}`, () => {
      let server: TestServer;
      beforeAll(async () => {
        server = await startServer(kind);
      }, 60_000);
      afterAll(() => server.stop());
      tests(() => server);
    });
}
