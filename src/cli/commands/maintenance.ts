import { type Command } from 'commander';
import { type CliContext } from '../cli-context';

export function addMaintenance(program: Command, context: CliContext): void {
  const command = program
    .command('migrate')
    .description('create missing collections and indexes; harmless to run again')
    .addHelpText(
      'after',
      "\nNeeds the gateway's own environment (MONGO_URI, MONGO_DB_NAME, ENCRYPTION_KEYS), not the admin API.",
    );
  command.action(async () => {
    const collections = await context.stores.migrate();
    const printer = context.printer(command);
    printer.result({ collections }, () => printer.done(`as declared: ${collections.join(', ')}`));
  });
}
