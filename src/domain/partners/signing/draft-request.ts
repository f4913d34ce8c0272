import { listOf } from '../body/json-value';
import { type WebhookRequest } from '../compiled-partner';
import { type SignatureSourceSpec } from '../template/source-spec';

export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const first = (names: string | readonly string[] | undefined): string | undefined => listOf(names ?? [])[0];

/** The text that a source reads this value from: the mirror of `compileElements`. */
const elementOf = ({ prefix, suffix = '' }: SignatureSourceSpec, value: string): string =>
  `${first(prefix) ?? ''}${value}${suffix}`;

/** A request while it is being signed: time, id, digest and signature are put where the document reads them. */
export class DraftRequest {
  /** Claims of a token, in the order they were put. */
  readonly claims: Record<string, unknown> = {};
  private readonly headers = new Map<string, string>();
  private readonly url: URL;

  constructor(private readonly outgoing: Outgoing) {
    this.url = new URL(outgoing.url);
    for (const [name, value] of Object.entries(outgoing.headers)) this.headers.set(name.toLowerCase(), value);
    this.headers.set('host', this.url.host);
  }

  /** False where the source reads the body: then the sender has written it there. */
  put(source: SignatureSourceSpec, value: string): boolean {
    const [header, query, claim] = [first(source.header), first(source.query), first(source.claim)];
    const element = elementOf(source, value);
    if (header !== undefined) {
      const name = header.toLowerCase();
      this.headers.set(name, this.joined(this.headers.get(name), element, source.split));
    } else if (query !== undefined) {
      const { searchParams } = this.url;
      searchParams.set(query, this.joined(searchParams.get(query) ?? undefined, element, source.split));
    } else if (claim !== undefined) this.claims[claim] = /^\d+$/.test(value) ? Number(value) : value;
    else return false;
    return true;
  }

  /** As the gateway will see it. */
  get request(): WebhookRequest {
    const { method, body } = this.outgoing;
    return {
      method,
      target: this.url.pathname + this.url.search,
      scheme: this.url.protocol.replace(':', ''),
      rawHeaders: [...this.headers].flat(),
      body,
      contentType: this.headers.get('content-type') ?? '',
    };
  }

  get signed(): Outgoing {
    const { method, body } = this.outgoing;
    return { method, url: this.url, headers: Object.fromEntries(this.headers), body };
  }

  private joined(before: string | undefined, element: string, split: string | undefined): string {
    return before === undefined || split === undefined ? element : `${before}${split}${element}`;
  }
}
