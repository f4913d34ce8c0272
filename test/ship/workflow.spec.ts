import { at, captures, membersOf, readText, readYaml } from './shipped-files';

const FILE = '.github/workflows/ci.yml';
const workflow = readYaml(FILE);
const jobs = membersOf(at(workflow, 'jobs'), 'jobs');

describe('the CI workflow', () => {
  it('goes from lint over types, walls, tests, the crash ledger and build to the image', () => {
    const order = ['lint', 'types', 'walls', 'tests', 'ledger', 'build', 'image'];
    expect([...jobs.keys()]).toEqual(order);
    order.slice(1).forEach((name, index) => expect(at(jobs.get(name), 'needs')).toBe(order[index]));
  });

  it('pins every action by its commit and says which version that is', () => {
    const used = captures(readText(FILE), /uses: (.+)$/gm);
    const unpinned = used.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action));
    expect(unpinned).toEqual([]);
  });

  it('may only read', () => {
    expect(at(workflow, 'permissions')).toEqual({ contents: 'read' });
    for (const [, job] of jobs) expect(at(job, 'permissions')).toBeUndefined();
  });

  it('tests on every line of Node that is supported', () => {
    expect(at(jobs.get('tests'), 'strategy', 'matrix', 'node')).toEqual(['20', '22', '24']);
  });

  it('runs only scripts that package.json has', () => {
    const scripts = membersOf(at(readYaml('package.json'), 'scripts'), 'scripts');
    const run = captures(readText(FILE), /run: npm run ([\w:]+)/g);
    expect(run.filter((name) => !scripts.has(name))).toEqual([]);
  });
});
