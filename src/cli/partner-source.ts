import { readFileSync } from 'node:fs';
import { type Command } from 'commander';
import { readPartnerFile } from '#domain/partners/apply/partner-file';
import { type Fault } from '#domain/partners/document/fault';
import { type PartnerDocument } from '#domain/partners/document/partner-document';
import { parsePartnerDocument } from '#domain/partners/parse-partner-document';
import { PresetLibrary } from '#domain/partners/preset-library';
import { documentOfShown, type PartnerJson } from '#domain/partners/stored-partner';
import { isRecord } from './admin-client';
import { type CliContext } from './cli-context';
import { CliError, UsageError } from './cli-error';

export interface PartnerOptions {
  readonly file?: string;
  readonly preset?: string;
  readonly partner?: string;
}

/** The ways of naming whose format it is. */
export const addPartnerOptions = (command: Command): Command =>
  command
    .option('-f, --file <file>', 'a partner document, YAML or JSON')
    .option('--preset <name>', 'a shipped preset')
    .option('--partner <id>', 'a partner of the gateway (asks the admin API)');

export const faultsError = (about: string, faults: readonly Fault[]): CliError =>
  new CliError([about, ...faults.map(({ path, message }) => `  ${path || '/'}: ${message}`)].join('\n'));

/** `-` is standard input. */
export function fileBytes(file: string): Buffer {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch {
    throw new UsageError(`${file} cannot be read`);
  }
}

export const textOfFile = (file: string): string => fileBytes(file).toString('utf8');

export function documentOfFile(file: string): PartnerJson {
  const read = readPartnerFile(textOfFile(file));
  if (!read.ok) throw faultsError(`${file} is no partner document`, read.faults);
  return read.document;
}

/** The document as it was written, without what a preset adds. */
export async function writtenDocument(
  command: Command,
  context: CliContext,
  { file, preset, partner }: PartnerOptions,
): Promise<PartnerJson> {
  if ([file, preset, partner].filter((given) => given !== undefined).length !== 1)
    throw new UsageError('exactly one of --file, --preset and --partner is needed');
  if (file !== undefined) return documentOfFile(file);
  if (partner === undefined) return { id: preset, preset };
  const { value } = await context
    .admin(command)
    .call('GET', `/partners/${encodeURIComponent(partner)}`, { query: { written: 'true' } });
  if (!isRecord(value)) throw new CliError('the answer is no partner');
  return documentOfShown(value);
}

/** Checked and laid over its preset; its secrets are left out: who signs brings the key. */
export function resolvedDocument({ secrets: _secrets, ...document }: PartnerJson): PartnerDocument {
  const parsed = parsePartnerDocument(document, PresetLibrary.load());
  if (!parsed.ok) throw faultsError('the partner document is faulty', parsed.faults);
  return parsed.document;
}
