import 'reflect-metadata';
import { keepObjectsYoung } from './app/keep-objects-young';
import { run } from './app/run';

keepObjectsYoung();

run().catch((error: unknown) => {
  process.stderr.write(
    `The gateway could not start: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(1);
});
