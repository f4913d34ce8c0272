import { type Command } from 'commander';
import { isRecord } from '../admin-client';
import { type CliContext } from '../cli-context';
import { column, itemsOf } from './listing';

const STEPS = [
  ['pause', "stop a partner's processing; its webhooks go on being taken", 'paused: gateway queues resume'],
  ['resume', "let a partner's processing go on", 'at work again: gateway queues list'],
] as const;

export function addQueues(program: Command, context: CliContext): void {
  const parent = program.command('queues').description("partners' queues: counts, pause, resume");
  const list = parent.command('list').description('what waits, per partner');
  list.action(async () => {
    const { value } = await context.admin(list).call('GET', '/queues');
    const printer = context.printer(list);
    const { items } = itemsOf(value);
    const counts = new Set(
      items.flatMap((item) => Object.entries(item).flatMap(([name, of]) => (isRecord(of) ? [name] : []))),
    );
    printer.result(value, () =>
      printer.table(items, [
        column('partner', 'partnerId'),
        column('paused'),
        ...[...counts].map((name) => ({
          title: name,
          value: (item: object) => countsOf(Reflect.get(item, name)),
        })),
      ]),
    );
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
