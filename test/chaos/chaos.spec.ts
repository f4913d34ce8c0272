import { execFile } from 'node:child_process';
import { join } from 'node:path';

interface Ran {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What is looked at here of the document that `--json` prints. */
interface LedgerDocument {
  readonly ok: boolean;
  readonly faults: readonly { readonly kind: string; readonly rounds: number }[];
  readonly total: {
    readonly acknowledged: number;
    readonly applied: number;
    readonly lost: number;
    readonly doubled: number;
    readonly unfinished: number;
  };
}

const MAIN = join(__dirname, 'main.mjs');

function chaos(...args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [MAIN, ...args], (_error, stdout, stderr) =>
      resolve({ exitCode: child.exitCode, stdout, stderr }),
    );
  });
}

describe('npm run chaos', () => {
  it('finds nothing lost and nothing doubled after a fault, as one JSON document on stdout', async () => {
    const { stdout, stderr } = await chaos('--rounds', '1', '--only', 'kill-redis', '--rate', '20', '--json');

    if (stdout === '') throw new Error(stderr);
    const { faults, total } = JSON.parse(stdout) as LedgerDocument;
    expect(faults).toContainEqual(expect.objectContaining({ kind: 'kill-redis', rounds: 1 }));
    expect(total).toMatchObject({ applied: total.acknowledged, lost: 0, doubled: 0, unfinished: 0 });
    expect(total.acknowledged).toBeGreaterThan(20);
  }, 180_000);

  it('explains itself', async () => {
    const { exitCode, stdout } = await chaos('--help');

    expect(exitCode).toBe(0);
    expect(stdout).toContain('--rounds N');
  });

  it.each([
    [['--rounds', 'many'], '--rounds: expected a whole number from 1 to 1000, got "many"'],
    [['--only', 'kill-redis,fire'], '--only: expected kinds of fault out of'],
    [['--sabotage', 'gently'], '--sabotage: expected no-reconciler, loose-history, weak-writes or all'],
    [['--short', '--rounds', '3'], '--rounds: expected not to be given: --short'],
    [['--fast'], "Unknown option '--fast'"],
  ])('refuses %j before it starts anything', async (args, message) => {
    const { exitCode, stdout, stderr } = await chaos(...args);

    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr.startsWith(message)).toBe(true);
  });
});
