import os from 'node:os';
import { run } from '../../scripts/process/run.mjs';
import { ROOT } from '../../scripts/project/places.mjs';

/** What a reader needs to know to compare two runs. Taken before the load: a busy machine shows. */
export async function machineFacts(stores) {
  const cpus = os.cpus();
  return {
    date: new Date().toISOString(),
    commit: await commit(),
    cpu: cpus[0]?.model.trim() ?? 'unknown',
    cores: cpus.length,
    loadBefore: Number(os.loadavg()[0].toFixed(2)),
    memoryGigabytes: Math.round(os.totalmem() / 2 ** 30),
    kernel: `${os.type()} ${os.release()} ${os.arch()}`,
    node: process.version,
    ...stores.facts,
  };
}

/** The commit, marked when the files differ from it; null outside a checkout. */
async function commit() {
  const git = async (...args) => (await run('git', args, { cwd: ROOT, timeoutMs: 10_000 })).stdout.trim();
  const id = await git('rev-parse', '--short=12', 'HEAD');
  if (id === '') return null;
  return (await git('status', '--porcelain')) === '' ? id : `${id} with changes`;
}
