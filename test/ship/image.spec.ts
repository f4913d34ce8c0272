import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { captures, readText, ROOT } from './shipped-files';

const dockerfile = readText('Dockerfile');
const [, runtime = ''] = dockerfile.split(/^FROM .* AS runtime$/m);
const ignored = readText('.dockerignore').split('\n');

describe('Dockerfile', () => {
  it('builds every stage from one base that is pinned by tag and digest', () => {
    expect(dockerfile).toMatch(/^ARG NODE_IMAGE=node:\d+\.\d+\.\d+-bookworm-slim@sha256:[0-9a-f]{64}$/m);
    const bases = captures(dockerfile, /^FROM (\S+)/gm);
    expect(new Set(bases)).toEqual(new Set(['${NODE_IMAGE}']));
    expect(bases).toHaveLength(2);
  });

  it('runs as a numbered user that is not root', () => {
    expect(captures(runtime, /^USER (.+)$/gm)).toEqual(['1000:1000']);
  });

  it('leaves what it runs in the hands of root', () => {
    expect(runtime).not.toContain('--chown');
    expect(runtime).not.toMatch(/^RUN /m);
  });

  it('starts node itself, so that signals reach it', () => {
    expect(captures(runtime, /^CMD (.+)$/gm)).toEqual(['["node", "dist/main.js"]']);
    expect(runtime).not.toMatch(/^ENTRYPOINT/m);
  });

  it('checks liveness with what is in the image', () => {
    const [check = ''] = captures(runtime, /^HEALTHCHECK [^\n]*\\\n\s*CMD (\[.+\])$/gm);
    const command: unknown = JSON.parse(check);
    expect(command).toEqual(['node', '-e', expect.stringContaining('/health/live') as string]);
  });

  it('leaves the role to the environment', () => {
    expect(dockerfile).not.toMatch(/\bROLE=\S*"/);
    expect(dockerfile).not.toMatch(/^ENV .*ROLE/m);
  });

  it('copies only what is there and what .dockerignore lets in', () => {
    const copied = captures(dockerfile, /^COPY (?!--from)(.+) \S+$/gm).flatMap((sources) =>
      sources.split(' '),
    );
    expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    const isLetIn = (path: string): boolean => ignored.includes(`!${path.replace('./', '')}`);
    expect(ignored).toContain('*');
    expect(copied.filter((path) => !isLetIn(path))).toEqual([]);
  });
});
