export interface RedisSettings {
  readonly url: string;
  readonly tlsCaFile?: string | undefined;
  /** The longest a producer's command may take before its outcome counts as unknown. */
  readonly commandTimeoutMs: number;
}
