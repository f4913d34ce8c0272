import { Command, CommanderError } from 'commander';
import { CliContext, type CliPorts } from './cli-context';
import { CliError, UsageError } from './cli-error';
import { addDeadLetters } from './commands/dead-letters';
import { addEvents } from './commands/events';
import { addMaintenance } from './commands/maintenance';
import { addOperations } from './commands/operations';
import { addPartners } from './commands/partners';
import { addPresets } from './commands/presets';
import { addQueues } from './commands/queues';
import { addSecrets } from './commands/secrets';
import { addShipments } from './commands/shipments';
import { addSigning } from './commands/sign';
import { addVerify } from './commands/verify';
import { Printer } from './output/printer';

const DONE = 0;
const FAILED = 1;
const WRONG_USAGE = 2;

const ABOUT = `Operates a courier gateway.

Set GATEWAY_URL and GATEWAY_API_KEY (or GATEWAY_API_KEY_FILE) to say where and as whom.`;

const EXAMPLES = `
Examples:
  $ gateway dead-letters list --review-status pending
  $ gateway dead-letters replay evt_qmpzbyrfg2vkq5m5yjb3xz6y4a --note "mapping was mended"
  $ gateway partners apply -f acme.yaml --diff
  $ gateway queues pause acme

Exit codes: 0 done, 1 failed, 2 wrong usage.`;

const VERBS = [
  addDeadLetters,
  addEvents,
  addShipments,
  addPartners,
  addSecrets,
  addPresets,
  addQueues,
  addOperations,
  addSigning,
  addVerify,
  addMaintenance,
];

function programOf(context: CliContext): Command {
  const program = new Command('gateway')
    .description(ABOUT)
    .option('--json', 'print the result as one JSON document')
    .option('--url <url>', 'address of the gateway (default: GATEWAY_URL)')
    .addHelpText('after', EXAMPLES)
    .showHelpAfterError('Try the same with --help.')
    .configureOutput({
      writeOut: (text) => context.terminal.stdout.write(text),
      writeErr: (text) => context.terminal.stderr.write(text),
      getOutHasColors: () => context.terminal.isInteractive,
      getErrHasColors: () => context.terminal.isInteractive,
    })
    .exitOverride();
  program.hook('preAction', (_, command) => refuseNoNames(command));
  for (const add of VERBS) add(program, context);
  return program;
}

/** None of these names anything, and in an address they would lead elsewhere. */
const NO_NAMES: ReadonlySet<string> = new Set(['', '.', '..']);

function refuseNoNames(command: Command): void {
  command.args.forEach((value, at) => {
    const name = command.registeredArguments[at]?.name() ?? 'argument';
    if (NO_NAMES.has(value)) throw new UsageError(`${name}: expected a name or an id, got "${value}"`);
  });
}

/** Runs one command line; gives its exit code and never throws. */
export async function runCli(args: readonly string[], ports: CliPorts): Promise<number> {
  const program = programOf(new CliContext(ports));
  try {
    await program.parseAsync([...args], { from: 'user' });
    return DONE;
  } catch (error) {
    return failed(error, new Printer(ports.terminal, false));
  }
}

function failed(error: unknown, printer: Printer): number {
  // commander has said what was wrong; help and version end that way, too.
  if (error instanceof CommanderError) return error.exitCode === 0 ? DONE : WRONG_USAGE;
  if (error instanceof CliError) {
    printer.error(error.message, error.hint);
    return error instanceof UsageError ? WRONG_USAGE : FAILED;
  }
  printer.error(error instanceof Error ? error.message : String(error));
  return FAILED;
}
