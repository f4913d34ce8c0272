import { atEnd, closeAll } from '../../scripts/process/closing.mjs';
import { onStop } from '../../scripts/terminal/on-stop.mjs';
import { say } from '../../scripts/terminal/say.mjs';
import { stopAll } from '../bench/processes.mjs';
import { chooseFaults } from './faults.mjs';
import { runLedger } from './ledger-run.mjs';
import { HELP, readOptions, UsageError } from './options.mjs';
import { Random } from './random.mjs';
import { sabotageText, textOf } from './report.mjs';
import { SABOTAGE_NAMES, SABOTAGES } from './sabotages.mjs';

const QUIET = { withinMs: 180_000, stuckMs: 60_000 };
/** Longer than a sound system ever stands still: the lease of a dead worker, and the next look at what it held. */
const SABOTAGED_QUIET = { withinMs: 120_000, stuckMs: 25_000 };

let interrupted = false;
process.exitCode = await main(process.argv.slice(2));

async function main(args) {
  try {
    const options = readOptions(args);
    if (!options.help) return await run(options);
    console.log(HELP);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      say(`${error.message}\n\n${HELP}`);
      return 2;
    }
    // What is under way when somebody presses Ctrl-C fails; that is not news.
    if (!interrupted) say(`chaos: ${error.stack}`);
    return 1;
  } finally {
    await closeAll();
  }
}

async function run(options) {
  onStop(() => {
    interrupted = true;
    return closeAll();
  });
  atEnd(stopAll);
  if (options.sabotage === 'all') return runSabotages(options);
  const document =
    options.sabotage === undefined
      ? await ordinaryRun(options)
      : await sabotagedRun(options.sabotage, options);
  console.log(options.json ? JSON.stringify(document, null, 2) : textOf(document));
  for (const warning of document.warnings) say(`chaos: ${warning}`);
  return document.ok ? 0 : 1;
}

function ordinaryRun({ seed, rate, routing, rounds, only, keep }) {
  const kinds = chooseFaults(only, rounds, new Random(seed));
  return runLedger({ seed, rate, routing, kinds, keep, quiet: QUIET, keepOnFailure: true });
}

function sabotagedRun(name, { seed, rate, routing, keep }) {
  const { what, preload, kinds } = SABOTAGES[name];
  say(`sabotage ${name}: ${what}`);
  return runLedger({ seed, rate, routing, kinds, keep, preload, quiet: SABOTAGED_QUIET });
}

/** Gives 0 when each of them made the ledger report what it is there for. */
async function runSabotages(options) {
  const results = [];
  for (const name of SABOTAGE_NAMES) {
    const document = await sabotagedRun(name, options);
    const caught = document.total.lost > 0 || document.total.doubled > 0;
    results.push({ name, what: SABOTAGES[name].what, caught, document });
    say(`sabotage ${name}: ${caught ? 'caught' : 'NOT caught'}; ${document.problems.join('; ')}`);
  }
  const ok = results.every(({ caught }) => caught);
  console.log(options.json ? JSON.stringify({ ok, sabotages: results }, null, 2) : sabotageText(results));
  return ok ? 0 : 1;
}
