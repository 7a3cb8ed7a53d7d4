export type ServerKind = "redis" | "postgres";

export interface TestServer {
  readonly port: number;
  pid(): number;
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Copies what it has kept. */
  copy(): Promise<void>;
  /** Has it start again from that copy. */
  putBack(): Promise<void>;
  stop(): Promise<void>;
}

export function hasServer(kind: ServerKind): boolean;
export function startServer(kind: ServerKind): Promise<TestServer>;
