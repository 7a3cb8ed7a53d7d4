declare const edge: { fetch(request: Request, env: { readonly STATE_URL: string }): Promise<Response> };
export default edge;
