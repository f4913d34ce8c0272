import { type AdminApp } from './admin-app';

interface PageOfItems {
  readonly items: readonly Record<string, unknown>[];
  readonly nextCursor: string | null;
}

const isPage = (value: unknown): value is PageOfItems =>
  typeof value === 'object' && value !== null && 'items' in value && 'nextCursor' in value;

/** For the query of the next page. */
export const cursorOf = (json: unknown): string =>
  encodeURIComponent((isPage(json) && json.nextCursor) || '');

/** All items of a list, read page by page, and how many each page had. */
export async function everyPage(app: AdminApp, path: string, limit: number) {
  const start = path.includes('?') ? `${path}&` : `${path}?`;
  const items: Record<string, unknown>[] = [];
  const sizes: number[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query = new URLSearchParams({ limit: String(limit), ...(cursor && { cursor }) });
    const answer = await app.get(start + query.toString());
    if (!isPage(answer.json)) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    items.push(...answer.json.items);
    sizes.push(answer.json.items.length);
    cursor = answer.json.nextCursor;
  }
  return { items, sizes };
}

/** The ids of what a list gives on its first page. */
export async function idsOf(app: AdminApp, path: string, member = 'eventId'): Promise<unknown[]> {
  const { items } = await everyPage(app, path, 200);
  return items.map((item) => item[member]);
}
