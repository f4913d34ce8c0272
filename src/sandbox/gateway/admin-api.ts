import { type ValidateFunction } from 'ajv';
import {
  type DeadLetterAnswer,
  type EventAnswer,
  isDeadLetter,
  isEvent,
  isEventPage,
  isProblem,
  isShipment,
  isTimeline,
  type ShipmentAnswer,
  type TimelineItem,
} from './answers';
import { type Answer, send } from './http';

const MAX_PAGE = 200;

/** The operator's side of the gateway, as far as the demonstration needs it. What does not exist is `undefined`. */
export class AdminApi {
  constructor(
    private readonly url: string,
    private readonly apiKey: string,
  ) {}

  /** False where the id is taken. */
  async createPartner(document: object): Promise<boolean> {
    const answer = await this.call('POST', '/partners', document);
    if (answer.status === 409) return false;
    expectSuccess('POST /v1/admin/partners', answer);
    return true;
  }

  event(eventId: string): Promise<EventAnswer | undefined> {
    return this.read(`/events/${eventId}`, isEvent);
  }

  /** The body as it came in, byte for byte. */
  async rawBody(eventId: string): Promise<Buffer | undefined> {
    const path = `/events/${eventId}/raw`;
    const answer = await this.call('GET', path);
    if (answer.status === 404) return undefined;
    expectSuccess(`GET /v1/admin${path}`, answer);
    return answer.bytes;
  }

  /** The newest events of a partner, 200 at most. */
  async events(partnerId: string): Promise<readonly EventAnswer[]> {
    const page = await this.read(
      `/events?partnerId=${encodeURIComponent(partnerId)}&limit=${MAX_PAGE}`,
      isEventPage,
    );
    return page?.items ?? [];
  }

  shipment(partnerId: string, trackingNumber: string): Promise<ShipmentAnswer | undefined> {
    return this.read(shipmentPath(partnerId, trackingNumber), isShipment);
  }

  async timeline(partnerId: string, trackingNumber: string): Promise<readonly TimelineItem[]> {
    const timeline = await this.read(`${shipmentPath(partnerId, trackingNumber)}/timeline`, isTimeline);
    return timeline?.items ?? [];
  }

  deadLetter(eventId: string): Promise<DeadLetterAnswer | undefined> {
    return this.read(`/dead-letters/${eventId}`, isDeadLetter);
  }

  async replay(
    eventId: string,
    request: { readonly payload: unknown; readonly note: string },
  ): Promise<void> {
    const path = `/dead-letters/${eventId}/replay`;
    expectSuccess(`POST /v1/admin${path}`, await this.call('POST', path, request));
  }

  private async read<T>(path: string, isExpected: ValidateFunction<T>): Promise<T | undefined> {
    const answer = await this.call('GET', path);
    if (answer.status === 404) return undefined;
    expectSuccess(`GET /v1/admin${path}`, answer);
    const { json } = answer;
    if (isExpected(json)) return json;
    const [fault] = isExpected.errors ?? [];
    throw new Error(
      `GET /v1/admin${path}: ${fault?.instancePath ?? ''} ${fault?.message ?? 'is unexpected'}`,
    );
  }

  private call(method: string, path: string, json?: object): Promise<Answer> {
    const authorization = `Bearer ${this.apiKey}`;
    return send(method, `${this.url}/v1/admin${path}`, {
      headers: json === undefined ? { authorization } : { authorization, 'content-type': 'application/json' },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
  }
}

const shipmentPath = (partnerId: string, trackingNumber: string): string =>
  `/shipments/${encodeURIComponent(partnerId)}/${encodeURIComponent(trackingNumber)}`;

function expectSuccess(what: string, { status, json }: Answer): void {
  if (status >= 200 && status < 300) return;
  const problem = isProblem(json) ? ` ${json.code}: ${json.detail ?? ''}` : '';
  throw new Error(`${what} was answered with ${status}${problem}`);
}
