import { type Command } from 'commander';
import { stringify } from 'yaml';
import { type CliContext } from '../cli-context';
import { addList, column } from './listing';

export function addPresets(program: Command, context: CliContext): void {
  const parent = program.command('presets').description('the formats of couriers that are shipped');
  addList(parent, context, {
    about: 'all presets',
    path: '/presets',
    filters: [],
    columns: [column('preset', 'id'), column('name'), column('notes')],
  });
  const show = parent.command('show <preset>').description('one preset, as YAML to start a partner from');
  show.action(async (preset: string) => {
    const { value } = await context.admin(show).call('GET', `/presets/${encodeURIComponent(preset)}`);
    const printer = context.printer(show);
    printer.result(value, () => printer.line(stringify(value).trimEnd()));
  });
}
