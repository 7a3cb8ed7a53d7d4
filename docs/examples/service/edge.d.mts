interface Env {
  readonly STATE_URL: string;
  readonly service?: { fetch(url: string): Promise<Response> };
}
declare const edge: { fetch(request: Request, env: Env): Promise<Response> };
export default edge;
