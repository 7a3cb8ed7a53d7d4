export type ServerKind = "redis" | "postgres";

export interface TestServer {
  readonly port: number;
  pid(): number;
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function hasServer(kind: ServerKind): boolean;
export function startServer(kind: ServerKind): Promise<TestServer>;
