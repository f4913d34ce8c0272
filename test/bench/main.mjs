import { say } from '../../scripts/terminal/say.mjs';
import { atEnd, closeAll } from '../../scripts/process/closing.mjs';
import { onStop } from '../../scripts/terminal/on-stop.mjs';
import { build } from '../../scripts/project/build.mjs';
import { readCommand, UsageError } from './options.mjs';
import { stopAll } from './processes.mjs';
import { openStores } from './stores.mjs';

let interrupted = false;
process.exitCode = await main(process.argv.slice(2));

async function main(args) {
  try {
    const command = readCommand(args);
    if (!command.options.help) return await run(command);
    console.log(command.help);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      say(`${error.message}\n\n${error.help}`);
      return 2;
    }
    // What is under way when somebody presses Ctrl-C fails; that is not news.
    if (!interrupted) say(`bench: ${error.stack}`);
    return 1;
  } finally {
    await closeAll();
  }
}

/** Gives 0 when all was measured, 1 when a figure is worth nothing. */
async function run({ run: scenario, options }) {
  onStop(() => {
    interrupted = true;
    return closeAll();
  });
  await build();
  const stores = await openStores();
  atEnd(stopAll);
  const { document, text, problems } = await scenario(stores, options);
  console.log(options.json ? JSON.stringify(document, null, 2) : text);
  for (const problem of problems) say(`bench: ${problem}`);
  return problems.length > 0 ? 1 : 0;
}
