import { type AppConfig } from '#config/app-config';

export interface Capabilities {
  readonly servesHttp: boolean;
  readonly consumesJobs: boolean;
}

/** Modules ask what the process may do, never what it is called. Every role serves health and metrics. */
export const CAPABILITIES: Readonly<Record<AppConfig['role'], Capabilities>> = {
  api: { servesHttp: true, consumesJobs: false },
  worker: { servesHttp: false, consumesJobs: true },
  both: { servesHttp: true, consumesJobs: true },
};
