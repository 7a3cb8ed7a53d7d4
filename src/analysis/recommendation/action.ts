/** What to do; `enough`: end the test, no effect worth having is left. */
export type Action = "ship" | "keep_running" | "stop" | "enough" | "cannot_tell" | "do_not_read";
