import 'reflect-metadata';
import { type StoreTasks } from './cli/cli-context';
import { runCli } from './cli/run-cli';
import { environmentSecrets } from './config/environment-secrets';
import { processEnvironment } from './config/process-environment';

/** Loaded when a verb needs the stores: help and the admin API's verbs start without drivers. */
const stores = async (): Promise<StoreTasks> =>
  (await import('./app/store-tasks.js')).storeTasks(processEnvironment());

void runCli(process.argv.slice(2), {
  environment: processEnvironment(),
  terminal: {
    stdout: process.stdout,
    stderr: process.stderr,
    isInteractive: process.stdout.isTTY && processEnvironment()['NO_COLOR'] === undefined,
  },
  reference: environmentSecrets(processEnvironment()),
  stores: {
    migrate: async () => (await stores()).migrate(),
    reencryptSecrets: async () => (await stores()).reencryptSecrets(),
  },
}).then((code) => {
  process.exitCode = code;
});
