import { type Command } from 'commander';
import { isRecord } from '../admin-client';
import { type CliContext } from '../cli-context';
import { CliError } from '../cli-error';
import { type Column } from '../output/table';

export type Item = Readonly<Record<string, unknown>>;

/** A filter of a list: the option, and the query parameter it becomes. */
export interface Filter {
  readonly flags: string;
  readonly parameter: string;
  readonly about: string;
}

export interface ListCommand {
  readonly about: string;
  readonly path: string;
  readonly filters: readonly Filter[];
  readonly columns: readonly Column<Item>[];
}

export const column = (title: string, member: string = title): Column<Item> => ({
  title,
  value: (item) => item[member],
});

export const PARTNER_FILTER: Filter = {
  flags: '--partner <id>',
  parameter: 'partnerId',
  about: 'only of this partner',
};
export const TIME_FILTERS: readonly Filter[] = [
  { flags: '--from <time>', parameter: 'from', about: 'only from this time on (RFC 3339)' },
  { flags: '--to <time>', parameter: 'to', about: 'only before this time (RFC 3339)' },
];

/** `--review-status <s>` is found as `reviewStatus` among the options. */
const optionName = (flags: string): string =>
  flags
    .replace(/^--/, '')
    .replace(/ .*$/, '')
    .replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export function itemsOf(value: unknown): { items: readonly Item[]; nextCursor: string | undefined } {
  if (!isRecord(value) || !Array.isArray(value['items'])) throw new CliError('the answer is no list');
  return { items: value['items'].filter(isRecord), nextCursor: textOf(value['nextCursor']) };
}

/** A verb `list`: newest first, a page at a time, with the way to the next page. */
export function addList(parent: Command, context: CliContext, list: ListCommand): void {
  const command = parent
    .command('list')
    .description(list.about)
    .option('--limit <n>', 'how many, at most 200', '50')
    .option('--cursor <cursor>', 'where the page before ended');
  for (const { flags, about } of list.filters) command.option(flags, about);
  command.action(async () => {
    const options = command.opts<Item>();
    const query = Object.fromEntries(
      list.filters.map(({ flags, parameter }) => [parameter, textOf(options[optionName(flags)])]),
    );
    const page = { limit: textOf(options['limit']), cursor: textOf(options['cursor']) };
    const { value } = await context.admin(command).call('GET', list.path, { query: { ...query, ...page } });
    const printer = context.printer(command);
    const { items, nextCursor } = itemsOf(value);
    printer.result(value, () => {
      if (items.length === 0) printer.note('nothing was found');
      else printer.table(items, list.columns);
      if (nextCursor !== undefined) printer.note(`more: the same with --cursor ${nextCursor}`);
    });
  });
}

/** A verb `show`: everything that is known of one thing. */
export function addShow(
  parent: Command,
  context: CliContext,
  { about, argument, path }: { about: string; argument: string; path: (...ids: readonly string[]) => string },
): void {
  const command = parent.command(`show ${argument}`).description(about);
  command.action(async () => {
    const { value } = await context.admin(command).call('GET', path(...command.args.map(encodeURIComponent)));
    const printer = context.printer(command);
    printer.result(value, () => printer.fields(isRecord(value) ? Object.entries(value) : []));
  });
}
