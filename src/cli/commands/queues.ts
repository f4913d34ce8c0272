import { type Command } from 'commander';
import { isRecord } from '../admin-client';
import { type CliContext } from '../cli-context';
import { addList, column } from './listing';

const STEPS = [
  ['pause', "stop a partner's processing; its webhooks go on being taken", 'paused: gateway queues resume'],
  ['resume', "let a partner's processing go on", 'at work again: gateway queues list'],
] as const;

export function addQueues(program: Command, context: CliContext): void {
  const parent = program.command('queues').description("partners' queues: counts, pause, resume");
  addList(parent, context, {
    about: 'what waits, per partner',
    path: '/queues',
    filters: [],
    columns: [
      column('partner', 'partnerId'),
      column('paused'),
      { title: 'batches', value: ({ batches }) => countsOf(batches) },
      { title: 'unfinished events', value: ({ events }) => countsOf(events) },
      column('oldest', 'oldestEventAt'),
    ],
  });
  for (const [verb, about, next] of STEPS) addStep(parent, context, { verb, about, next });
}

const countsOf = (of: unknown): string =>
  isRecord(of)
    ? Object.entries(of)
        .map(([name, count]) => `${name} ${String(count)}`)
        .join(', ')
    : '';

function addStep(
  parent: Command,
  context: CliContext,
  { verb, about, next }: { verb: string; about: string; next: string },
): void {
  const command = parent.command(`${verb} <partner>`).description(about);
  command.action(async (partner: string) => {
    const { value } = await context
      .admin(command)
      .call('POST', `/queues/${encodeURIComponent(partner)}/${verb}`);
    const printer = context.printer(command);
    printer.result(value ?? {}, () => printer.done(`${partner} is ${next}`));
  });
}
