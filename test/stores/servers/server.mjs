// Servers that tests start for themselves: on the loopback, in a folder of their own, ended by their process id.
import { spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { freePort } from "./free-port.mjs";

/** PostgreSQL does not run as root. */
function ordinaryUser() {
  if (process.getuid?.() !== 0) return {};
  const id = (flag) => Number(spawnSync("id", [flag, "postgres"], { encoding: "utf8" }).stdout);
  return { uid: id("-u"), gid: id("-g") };
}

function postgresFolder() {
  const top = "/usr/lib/postgresql";
  const [version] = existsSync(top) ? readdirSync(top).sort((a, b) => Number(b) - Number(a)) : [];
  return version && join(top, version, "bin");
}

const kinds = {
  redis: {
    found: () => spawnSync("redis-server", ["--version"]).status === 0,
    make: () => undefined,
    command: (folder, port) => [
      "redis-server",
      ["--port", port, "--bind", "127.0.0.1", "--dir", folder, "--appendonly", "yes", "--save", ""],
    ],
    ready: pong,
  },
  postgres: {
    found: () => postgresFolder() !== undefined,
    make(folder, user) {
      const made = spawnSync(
        join(postgresFolder(), "initdb"),
        ["--pgdata", folder, "--username", "essai", "--auth", "trust", "--encoding", "UTF8", "--no-sync"],
        { ...user, encoding: "utf8" },
      );
      if (made.status !== 0) throw new Error(made.stderr);
    },
    command: (folder, port) => [
      join(postgresFolder(), "postgres"),
      ["-D", folder, "-p", port, "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
    ],
    ready: selects,
  },
};

/** @returns whether the machine has the server */
export const hasServer = (kind) => kinds[kind].found();

async function pong(port) {
  const socket = connect(port, "127.0.0.1", () => socket.write("PING\r\n"));
  socket.setTimeout(1_000, () => socket.destroy());
  socket.on("error", () => undefined);
  try {
    for await (const bytes of socket) return String(bytes).startsWith("+PONG");
  } catch {
    // Nobody listens yet.
  }
  return false;
}

async function selects(port) {
  const client = new pg.Client({ host: "127.0.0.1", port, user: "essai", database: "postgres" });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Copies a folder with its owners. */
function copied(from, to) {
  const { status, stderr } = spawnSync("cp", ["-a", from, to], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

/**
 * Starts a server.
 * @param kind  "redis" or "postgres"
 * @returns its port, what kills it with −9, starts it again on what it has kept, copies that and puts it back, and ends
 *          it for good
 */
export async function startServer(kind) {
  const { make, command, ready } = kinds[kind];
  const folder = mkdtempSync(join(tmpdir(), `essai-${kind}-`));
  const port = await freePort();
  const user = kind === "postgres" ? ordinaryUser() : {};
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  make(folder, user);
  let running;
  const start = async () => {
    const [file, args] = command(folder, port);
    const child = spawn(file, args.map(String), { ...user, stdio: "ignore" });
    running = { child, over: new Promise((resolve) => child.once("exit", resolve)) };
    for (let i = 0; i < 600 && !(await ready(port)); i++) {
      if (child.exitCode !== null) throw new Error(`${kind} ended with ${child.exitCode}`);
      await setTimeout(25);
    }
  };
  const kill = async () => {
    running.child.kill("SIGKILL");
    await running.over;
  };
  const end = async () => {
    await kill();
    // PostgreSQL's other processes notice that theirs is gone, and go.
    await setTimeout(kind === "postgres" ? 300 : 0);
  };
  const kept = `${folder}-kept`;
  await start();
  return {
    port,
    pid: () => running.child.pid,
    kill,
    start,
    async copy() {
      await end();
      copied(folder, kept);
      await start();
    },
    async putBack() {
      await end();
      rmSync(folder, { recursive: true });
      copied(kept, folder);
      await start();
    },
    async stop() {
      await end();
      for (const each of [folder, kept]) rmSync(each, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}
