import { hash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { isOutage } from '#platform/mongo/outage';
import { type PartnerOrigin } from '../boot-partners';
import { type Fault, faultAt } from '../document/fault';
import { type PartnerSecrets } from '../partner-secrets';
import { type PartnersRepository } from '../partners.repository';
import { type PartnerJson } from '../stored-partner';
import { type PartnerApply } from './partner-apply';
import { readPartnerFile } from './partner-file';

/** Calls of `ensure` that one file may spoil; they come a second apart. */
const MAX_ATTEMPTS = 5;
const NAMES = /^[^.].*\.(?:ya?ml|json)$/;

interface PartnerFile {
  readonly name: string;
  readonly document: PartnerJson;
  readonly digest: string;
}

/**
 * Applies the files of a directory at boot. A faulty one is told and left out: the other partners matter more than
 * that all are as their files say. A file that was applied before is not applied again, whatever was changed since
 * by other ways: a restart must not undo what an operator did. Remembered is a digest of the file, sealed because
 * the file may hold secrets.
 */
export class PartnerFiles implements PartnerOrigin {
  private readonly logger = new Logger('PartnerFiles');
  private attempts = 0;
  private waiting: readonly PartnerFile[] | undefined;

  constructor(
    private readonly directory: string,
    private readonly apply: PartnerApply,
    private readonly repository: PartnersRepository,
    private readonly secrets: PartnerSecrets,
  ) {}

  async ensure(): Promise<void> {
    this.waiting ??= this.read();
    for (let [file] = this.waiting; file !== undefined; [file] = this.waiting) {
      await this.attempt(file);
      this.attempts = 0;
      this.waiting = this.waiting.slice(1);
    }
  }

  /** An outage ends; what else goes wrong time and again must not keep all partners from being served. */
  private async attempt(file: PartnerFile): Promise<void> {
    try {
      await this.applyOne(file);
    } catch (error) {
      if (isOutage(error)) throw error;
      this.attempts += 1;
      if (this.attempts < MAX_ATTEMPTS) throw error;
      this.logger.error({ file: file.name, err: error }, 'partner file could not be applied');
    }
  }

  private async applyOne({ name, document, digest }: PartnerFile): Promise<void> {
    const id = String(document['id']);
    const { appliedFile: before } = (await this.repository.findById(id)) ?? {};
    if (before !== undefined && this.secrets.isDigest(id, before, digest)) return;
    const appliedFile = this.secrets.sealedDigest(id, digest);
    const applied = await this.apply.apply(document, { appliedFile });
    if (!applied.ok) return this.tell(name, applied.faults);
    const { action, changes } = applied.plan;
    const places = changes.map(({ path }) => path);
    this.logger.log({ partnerId: id, file: name, action, changes: places }, 'partner file applied');
  }

  private read(): readonly PartnerFile[] {
    const files = this.names().flatMap((name) => this.readOne(name));
    return files.filter(({ name, document: { id } }, index) => {
      const first = typeof id === 'string' ? files.findIndex(({ document }) => document['id'] === id) : index;
      if (first < index)
        this.tell(name, [faultAt('/id', `must differ from that in ${files[first]?.name ?? ''}`)]);
      return first === index;
    });
  }

  private names(): readonly string[] {
    try {
      return readdirSync(this.directory)
        .filter((name) => NAMES.test(name))
        .sort();
    } catch {
      this.tell(this.directory, [faultAt('', 'cannot be read by this process any more')]);
      return [];
    }
  }

  private readOne(name: string): readonly PartnerFile[] {
    const text = this.textOf(name);
    const parsed =
      text === undefined
        ? { ok: false as const, faults: [faultAt('', 'must be a regular file that this process may read')] }
        : readPartnerFile(text);
    if (parsed.ok)
      return [{ name, document: parsed.document, digest: `sha256:${hash('sha256', text ?? '')}` }];
    this.tell(name, parsed.faults);
    return [];
  }

  /** A pipe would be waited for without end, so what is no file (or a link to one) is not opened. */
  private textOf(name: string): string | undefined {
    const path = join(this.directory, name);
    try {
      return statSync(path).isFile() ? readFileSync(path, 'utf8') : undefined;
    } catch {
      return undefined;
    }
  }

  private tell(file: string, faults: readonly Fault[]): void {
    this.logger.error({ file, faults }, 'partner file is not applied: put it right and start again');
  }
}
