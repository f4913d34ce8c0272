import { type BrokenTree, plantTree } from './broken-tree';
import { ALLOWED, BROKEN, sourceOf, TARGETS } from './dependency-cases';
import { LINT_ALLOWED, LINT_BROKEN } from './lint-cases';
import { type CheckResult, evaluateModule, runCheck } from './run-check';

let trees: BrokenTree[] = [];
afterAll(() => Promise.all(trees.map((tree) => tree.remove())));

describe('npm run check:walls, in a project that breaks every module boundary', () => {
  let result: CheckResult;
  let declared: readonly string[];
  beforeAll(async () => {
    const cases = [...BROKEN, ...ALLOWED].map((one) => [one.from, sourceOf(one)] as const);
    const tree = await plantTree({ ...TARGETS, ...Object.fromEntries(cases) });
    trees = [...trees, tree];
    [result, declared] = await Promise.all([runCheck('walls', tree.path), listed(LIST_RULES, tree)]);
  });

  it('fails', () => {
    expect(result.exitCode).not.toBe(0);
  });

  it.each(BROKEN)('$rule: $from must not import $imports', ({ rule, from }) => {
    expect(rulesReportedFor(from)).toEqual([rule]);
  });

  it.each(ALLOWED)('$from may import $imports', ({ from }) => {
    expect(rulesReportedFor(from)).toEqual([]);
  });

  it('every rule is broken by a case here', () => {
    expect(distinct(BROKEN.map(({ rule }) => rule))).toEqual(distinct(declared));
  });

  function rulesReportedFor(file: string): string[] {
    const reports = [...result.output.matchAll(/^\s*error (\S+): (\S+)/gm)];
    return distinct(reports.filter(([, , from]) => from === file).map(([, rule]) => rule ?? ''));
  }
});

describe('npm run check:lint, in a project that breaks every boundary that lint guards', () => {
  let result: CheckResult;
  let reported: readonly LintReport[];
  let declared: readonly string[];
  beforeAll(async () => {
    const cases = [...LINT_BROKEN, ...LINT_ALLOWED].map(({ file, code }) => [file, code] as const);
    const tree = await plantTree(Object.fromEntries(cases));
    trees = [...trees, tree];
    [result, declared] = await Promise.all([
      runCheck('lint', tree.path, '--format', 'json'),
      listed(LIST_RESTRICTIONS, tree),
    ]);
    reported = parseLintReports(result.output, tree.path);
  });

  it('fails', () => {
    expect(result.exitCode).toBe(1);
  });

  it.each(LINT_BROKEN)('refused: $promise', ({ rule, file }) => {
    expect(distinct(reported.filter((one) => one.file === file).map((one) => one.rule))).toEqual([rule]);
  });

  it.each(LINT_ALLOWED)('accepted: $promise', ({ file }) => {
    expect(reported.filter((one) => one.file === file)).toEqual([]);
  });

  it('every restriction is broken by a case here', () => {
    const unproven = declared.filter((message) => !reported.some((one) => one.message.includes(message)));
    expect(declared).not.toEqual([]);
    expect(unproven).toEqual([]);
  });
});

/** The names of all dependency rules. */
const LIST_RULES = `
  const { default: config } = await import('./.dependency-cruiser.cjs');
  console.log(JSON.stringify(config.forbidden.map((rule) => rule.name)));
`;

/** The messages of all `no-restricted-*` rules in the ESLint settings. */
const LIST_RESTRICTIONS = `
  const { default: config } = await import('./eslint.config.mjs');
  const rules = config.flatMap((block) => Object.entries(block.rules ?? {}));
  const options = rules.filter(([name]) => name.startsWith('no-restricted-')).flatMap(([, [, ...rest]]) => rest);
  const restrictions = options.flatMap((one) => [one, ...(one.patterns ?? []), ...(one.paths ?? [])]);
  console.log(JSON.stringify(restrictions.map((one) => one.message).filter(Boolean)));
`;

interface LintReport {
  readonly file: string;
  readonly rule: string;
  readonly message: string;
}

interface EslintFileResult {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[];
}

function parseLintReports(output: string, root: string): LintReport[] {
  const results = JSON.parse(output) as EslintFileResult[];
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, message }) => ({
      file: filePath.slice(root.length + 1),
      rule: ruleId ?? 'not parsed',
      message,
    })),
  );
}

async function listed(source: string, tree: BrokenTree): Promise<string[]> {
  const { output } = await evaluateModule(source, tree.path);
  return JSON.parse(output) as string[];
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
