import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PROBLEMS } from '#platform/http/problem-codes';
import { REASON_CODES } from '#domain/dead-letters/dead-letter';
import { at, captures, membersOf, readText, readYaml, ROOT } from './shipped-files';

const pagesIn = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));

const PAGES = ['README.md', 'CHANGELOG.md', ...pagesIn('docs'), ...pagesIn('docs/decisions')];

describe('the documentation', () => {
  it.each(PAGES)('%s leads only to what is there', (page) => {
    const links = captures(readText(page), /\]\((?!https?:|#)([^)#\s]+)/g);
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(page), link)))).toEqual([]);
  });

  it('explains every problem that an answer may name', () => {
    const guides = readText('docs/partner-guide.md') + readText('docs/operator-guide.md');
    expect(Object.keys(PROBLEMS).filter((code) => !guides.includes(`\`${code}\``))).toEqual([]);
  });

  it('explains every reason of a dead letter', () => {
    const guide = readText('docs/operator-guide.md');
    expect(REASON_CODES.filter((code) => !guide.includes(`\`${code}\``))).toEqual([]);
  });

  it('says why each dependency is there, and names no other', () => {
    const manifest = readYaml('package.json');
    const declared = ['dependencies', 'devDependencies'].flatMap((kind) => [
      ...membersOf(at(manifest, kind), kind).keys(),
    ]);
    const explained = captures(readText('docs/decisions/dependencies.md'), /^\| `([^`]+)` /gm);
    expect([...explained].sort()).toEqual(declared.sort());
  });

  it('lists every decision in the index', () => {
    const index = readText('docs/decisions/README.md');
    const decisions = readdirSync(join(ROOT, 'docs/decisions')).filter((name) => name !== 'README.md');
    expect(decisions.filter((name) => !index.includes(`(${name})`))).toEqual([]);
  });

  it('runs only scripts that package.json has', () => {
    const scripts = membersOf(at(readYaml('package.json'), 'scripts'), 'scripts');
    const named = PAGES.flatMap((page) => captures(readText(page), /npm run (?:--silent )?([\w:-]+)/g));
    expect(named.filter((name) => !scripts.has(name))).toEqual([]);
  });
});
