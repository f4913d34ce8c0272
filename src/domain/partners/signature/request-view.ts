import { decodeUtf8, MAX_JSON_DEPTH } from '../body/json';
import { outlineOf } from '../body/json-outline';
import { type BodyFormat, formatOf } from '../body/body-format';
import { type WebhookRequest } from '../compiled-partner';
import { headerValue } from './raw-headers';
import { AMBIGUOUS_VALUE, BODY_NOT_JSON, type Reading } from './reading';
import { FormSource, JsonSource, type SignedValue, TextSource } from './signed-value';
import { partsOf, splitTarget, type UrlParts } from './url-parts';

export interface ViewSettings {
  readonly format: BodyFormat;
  /** The URL that the sender knows, without its query. */
  readonly publicUrl: string | undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function jsonSource(body: Buffer): Reading<SignedValue> {
  const text = decodeUtf8(body);
  if (text === undefined || outlineOf(body).depth > MAX_JSON_DEPTH || !isJson(text)) return BODY_NOT_JSON;
  return new JsonSource(text);
}

/** One request while its signature is checked. Whatever costs something is read when it is first needed. */
export class RequestView {
  private urlParts: UrlParts | undefined;
  private parameters: URLSearchParams | undefined;
  private source: Reading<SignedValue>;

  constructor(
    readonly request: WebhookRequest,
    private readonly settings: ViewSettings,
  ) {}

  header(name: string, joint?: string): Reading {
    return headerValue(this.request.rawHeaders, name, joint);
  }

  parameter(name: string, joint?: string): Reading {
    this.parameters ??= new URLSearchParams(splitTarget(this.request.target).query);
    const values = this.parameters.getAll(name);
    if (values.length > 1 && joint === undefined) return AMBIGUOUS_VALUE;
    const value = values.join(joint);
    return value === '' ? undefined : value;
  }

  get url(): UrlParts {
    return (this.urlParts ??= partsOf(this.fullUrl()));
  }

  /** The body as the texts that were signed. */
  get body(): Reading<SignedValue> {
    return (this.source ??= this.readBody());
  }

  private fullUrl(): string {
    const { url, scheme = 'http', target } = this.request;
    if (url !== undefined) return url;
    const { publicUrl } = this.settings;
    const { query } = splitTarget(target);
    if (publicUrl !== undefined) return query === undefined ? publicUrl : `${publicUrl}?${query}`;
    const host = this.header('host');
    return `${scheme}://${typeof host === 'string' ? host : ''}${target}`;
  }

  private readBody(): Reading<SignedValue> {
    const { body, contentType } = this.request;
    const format = formatOf(this.settings.format, contentType);
    if (format === 'json') return jsonSource(body);
    const text = decodeUtf8(body) ?? body.toString('latin1');
    return format === 'form' ? new FormSource(text) : new TextSource(text);
  }
}
