export interface HttpSettings {
  /** `false`, how many proxies stand in front, or their addresses. */
  readonly trustProxy: false | number | readonly string[];
  /** Of routes that set no limit of their own. */
  readonly bodyLimitBytes: number;
  /** Routes below these are pages: they may load scripts and styles of ours. */
  readonly pagePrefixes?: readonly string[];
  readonly timeouts?: Partial<HttpTimeouts>;
}

export interface HttpTimeouts {
  readonly headersMs: number;
  readonly bodyMs: number;
  readonly requestMs: number;
  readonly keepAliveMs: number;
  /** How long closing waits for answers under way. */
  readonly drainMs: number;
}

export const DEFAULT_TIMEOUTS: HttpTimeouts = {
  headersMs: 10_000,
  bodyMs: 10_000,
  requestMs: 60_000,
  // Load balancers drop idle connections after 60 s: they, not we, should be the first to do so.
  keepAliveMs: 65_000,
  drainMs: 10_000,
};
