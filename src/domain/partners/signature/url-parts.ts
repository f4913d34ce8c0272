import { type RequestPart } from '../template/template';

export type UrlParts = Readonly<Record<Exclude<RequestPart, 'method'>, string>>;

const URL_PATTERN = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?/;
const PORT = /:([0-9]*)$/;
const DEFAULT_PORTS: ReadonlyMap<string, string> = new Map([
  ['http', '80'],
  ['https', '443'],
]);

/** Parts of a URL exactly as written: senders sign the text, so nothing may be normalised. */
export function partsOf(url: string): UrlParts {
  const [, scheme = '', host = '', path = '', query = ''] = URL_PATTERN.exec(url) ?? [];
  const written = PORT.exec(host)?.[1];
  const hasQuery = url.includes('?');
  return {
    url,
    scheme,
    host,
    hostname: host.replace(PORT, ''),
    port: written ?? DEFAULT_PORTS.get(scheme.toLowerCase()) ?? '',
    path,
    query,
    target: hasQuery ? `${path}?${query}` : path,
  };
}

/** Path and query of a request line, apart. The query is `undefined` where there is no `?`. */
export function splitTarget(target: string): { readonly path: string; readonly query: string | undefined } {
  const mark = target.indexOf('?');
  return mark < 0
    ? { path: target, query: undefined }
    : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}
