import { type Command } from 'commander';
import { isRecord } from '../admin-client';
import { type CliContext } from '../cli-context';
import { CliError } from '../cli-error';
import { fileBytes } from '../partner-source';

interface SecretOptions {
  readonly fromFile?: string;
  readonly id?: string;
  readonly keyId?: string;
  readonly use?: string;
  readonly activeFrom?: string;
  readonly retireAt?: string;
}

const secretsOf = (partner: string): string => `/partners/${encodeURIComponent(partner)}/secrets`;

export function addSecrets(program: Command, context: CliContext): void {
  const parent = program
    .command('secrets')
    .description("partners' secrets: add, retire, remove, encrypt anew");
  addAdd(parent, context);
  addRetire(parent, context);
  addRemove(parent, context);
  addReencrypt(parent, context);
}

function addAdd(parent: Command, context: CliContext): void {
  const command = parent
    .command('add <partner>')
    .description('add a secret; without --from-file one is made, and shown this once')
    .option('--from-file <file>', 'the secret (one last line feed is cut)')
    .option('--id <id>', 'its name (default: a new one)')
    .option('--key-id <id>', 'by which the sender names this key')
    .option('--use <alternative>', 'the one signature alternative that it is for')
    .option('--active-from <time>', 'not before this time (RFC 3339)')
    .option('--retire-at <time>', 'not after this time (RFC 3339)')
    .addHelpText('after', '\nRotating: add the new one, tell the partner, then retire the old one.');
  command.action(async (partner: string, { fromFile, ...facts }: SecretOptions) => {
    const value =
      fromFile === undefined
        ? undefined
        : fileBytes(fromFile)
            .toString('utf8')
            .replace(/\r?\n$/, '');
    const answer = await context
      .admin(command)
      .call('POST', secretsOf(partner), { body: { ...facts, value } });
    const printer = context.printer(command);
    printer.result(answer.value, () =>
      printer.fields(isRecord(answer.value) ? Object.entries(answer.value) : []),
    );
  });
}

function addRetire(parent: Command, context: CliContext): void {
  const command = parent
    .command('retire <partner> <secretId>')
    .description('let a secret end')
    .option('--at <time>', 'when (RFC 3339; default: now)');
  command.action(async (partner: string, secretId: string, { at }: { at?: string }) => {
    const retireAt = at ?? new Date().toISOString();
    const path = `${secretsOf(partner)}/${encodeURIComponent(secretId)}`;
    const { value } = await context.admin(command).call('PATCH', path, { body: { retireAt } });
    const printer = context.printer(command);
    printer.result(value, () => printer.done(`${secretId} ends at ${retireAt}`));
  });
}

function addRemove(parent: Command, context: CliContext): void {
  const command = parent.command('remove <partner> <secretId>').description('remove a secret at once');
  command.action(async (partner: string, secretId: string) => {
    const path = `${secretsOf(partner)}/${encodeURIComponent(secretId)}`;
    const { value } = await context.admin(command).call('DELETE', path);
    const printer = context.printer(command);
    printer.result(value ?? {}, () => printer.done(`${secretId} is gone`));
  });
}

function addReencrypt(parent: Command, context: CliContext): void {
  const command = parent
    .command('reencrypt')
    .description('encrypt every stored secret with the newest of ENCRYPTION_KEYS')
    .addHelpText(
      'after',
      "\nNeeds the gateway's own environment (MONGO_URI, MONGO_DB_NAME, ENCRYPTION_KEYS), not the admin API.",
    );
  command.action(async () => {
    const result = await context.stores.reencryptSecrets();
    const printer = context.printer(command);
    printer.result(result, () => printer.done(`${result.reencrypted} secrets encrypted anew`));
    if (result.unreadable > 0) {
      throw new CliError(
        `${result.unreadable} secrets are under no key of ENCRYPTION_KEYS`,
        'Add the key that they are under at the end of ENCRYPTION_KEYS, and run this again.',
      );
    }
  });
}
