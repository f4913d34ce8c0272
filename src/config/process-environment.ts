/** The only place that touches `process.env`; everything else is handed what it needs. */
export const processEnvironment = (): NodeJS.ProcessEnv => process.env;
