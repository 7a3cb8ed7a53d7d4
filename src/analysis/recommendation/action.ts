/** What to do. */
export type Action = "ship" | "keep_running" | "stop" | "cannot_tell" | "do_not_read";
