/** Why a decision was set aside, as `learn` told it. */
export interface SetAside {
  readonly code: string;
  /** In English, with what was received and what to do. */
  readonly message: string;
}
