import { type Database } from './database';
import { UnconfirmedWriteError } from './insert-unordered';
import { LEASES } from './leases.schema';

/**
 * A small write, acknowledged by a majority and journaled: rejects unless MongoDB takes writes now. The command
 * itself, since only commands take a signal.
 */
export async function probeWrites(database: Database, timeoutMs: number): Promise<void> {
  const update = { q: { _id: 'write-probe' }, u: { $set: { holder: '', until: new Date() } }, upsert: true };
  const reply: Record<string, unknown> = await database.handle.command(
    { update: LEASES.name, updates: [update], writeConcern: { w: 'majority', j: true } },
    { signal: AbortSignal.timeout(timeoutMs) },
  );
  if (reply['ok'] !== 1 || reply['writeConcernError'] !== undefined)
    throw new UnconfirmedWriteError('no majority');
}
