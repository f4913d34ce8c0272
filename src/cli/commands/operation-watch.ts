import { setTimeout as pause } from 'node:timers/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { type AdminClient, isRecord } from '../admin-client';
import { type CliContext } from '../cli-context';
import { CliError } from '../cli-error';
import { Progress } from '../output/progress';
import { type Item } from './listing';

const ASK_EVERY_MS = 500;

export const wholeNumber = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
};

/** What every verb that starts an operation takes. */
export const addOperationOptions = (command: Command): Command =>
  command
    .option('--rate <n>', 'at most so many in a second', wholeNumber)
    .option('--note <text>', 'why, kept with the operation')
    .option('--wait', 'stay until it has ended, and show how far it is');

export interface OperationOptions {
  readonly rate?: number;
  readonly note?: string;
  readonly wait?: true;
}

/** In the words of the admin API. */
export const termsOf = ({ rate, note }: OperationOptions) => ({ ratePerSecond: rate, note });

/** Says what was started, or stays until it has ended. */
export async function afterStart(
  context: CliContext,
  command: Command,
  answer: unknown,
  { wait }: OperationOptions,
): Promise<void> {
  if (!isRecord(answer) || typeof answer['operationId'] !== 'string')
    throw new CliError('the answer names no operation');
  const { operationId: id, matched } = answer;
  if (wait === true) return watch(context, command, id);
  const printer = context.printer(command);
  printer.result(answer, () => {
    printer.done(`${id} is under way: ${String(matched)} to do`);
    printer.note(`how far it is: gateway operations watch ${id}`);
  });
}

/** Stays until the operation has ended; an end other than `done` is a failure of the command. */
export async function watch(context: CliContext, command: Command, id: string): Promise<void> {
  const progress = new Progress(context.terminal);
  const admin = context.admin(command);
  let operation = await look(admin, id);
  for (; operation['state'] === 'running'; operation = await look(admin, id)) {
    progress.show(progressOf(operation));
    await pause(ASK_EVERY_MS);
  }
  progress.end();
  const ended = operation;
  const printer = context.printer(command);
  const said = `${id} is ${String(ended['state'])}: ${countsOf(ended)}`;
  if (ended['state'] === 'done') return printer.result(ended, () => printer.done(said));
  printer.result(ended, () => undefined);
  throw new CliError([said, ended['message']].filter((text) => typeof text === 'string').join('\n'));
}

async function look(admin: AdminClient, id: string): Promise<Item> {
  const { value } = await admin.call('GET', `/operations/${encodeURIComponent(id)}`);
  if (!isRecord(value)) throw new CliError('the answer is no operation');
  return value;
}

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

function progressOf(operation: Item): string {
  const seen = numberOf(operation['done']) + numberOf(operation['failed']);
  const matched = numberOf(operation['matched']);
  const share = matched === 0 ? 0 : Math.min(100, Math.floor((seen / matched) * 100));
  return `${String(operation['id'])}  ${share} %  ${seen} of ${matched}  ${countsOf(operation)}`;
}

const countsOf = ({ done, changed, failed }: Item): string =>
  `${numberOf(done)} done, ${numberOf(changed)} changed, ${numberOf(failed)} failed`;
