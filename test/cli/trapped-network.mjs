// Loaded before a program (node --import): whatever reaches for the network from JavaScript is written to the file that
// ESSAI_TRAPPED names, and fails.
import childProcess from "node:child_process";
import dgram from "node:dgram";
import dns from "node:dns";
import { appendFileSync } from "node:fs";
import http2 from "node:http2";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";

const trap = (owner, name) => {
  owner[name] = () => {
    appendFileSync(process.env.ESSAI_TRAPPED, `${name}\n`);
    throw new Error(`${name} is trapped`);
  };
};

// What http, https, tls and fetch end in is a socket; names are looked up before.
trap(net.Socket.prototype, "connect");
trap(net.Server.prototype, "listen");
for (const name of ["bind", "connect", "send"]) trap(dgram.Socket.prototype, name);
for (const from of [dns, dns.promises])
  for (const name of Object.keys(from)) if (/^(lookup|resolve|reverse)/.test(name)) trap(from, name);
trap(http2, "connect");
trap(globalThis, "fetch");
// Nor may another program do it.
for (const name of ["spawn", "spawnSync", "exec", "execSync", "execFile", "execFileSync", "fork"])
  trap(childProcess, name);
syncBuiltinESMExports();
