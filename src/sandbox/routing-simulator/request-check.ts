import { type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020';
import { isList, isObject, type JsonObject } from '#domain/partners/body/json-value';
import { type Fault, faultAt } from '#domain/partners/document/fault';
import { schemaFaults } from '#domain/partners/document/schema-faults';
import { isRfc3339 } from '#domain/partners/time/iso8601';
import { parsePointer, valueAt } from '#domain/partners/template/pointer';

/** The parts of a request that the simulator itself needs. */
export interface RoutingQuestion {
  readonly eventId: string;
  readonly trackingNumber: string;
  readonly status: string;
}

export type Headers = Readonly<Record<string, unknown>>;

interface KeyHeader {
  readonly 'idempotency-key': string;
}

export type CheckedRequest =
  | { readonly ok: true; readonly key: string; readonly question: RoutingQuestion }
  | { readonly ok: false; readonly faults: readonly Fault[] };

const ID = 'routing-service';
const OPERATION = '/paths/~1route/post';

const at = (description: JsonObject, pointer: string): unknown =>
  valueAt(description, parsePointer(pointer) ?? []);

/** The header parameters of the operation, named as Node names them. */
function headersSchema(description: JsonObject): JsonObject {
  const parameters = at(description, `${OPERATION}/parameters`);
  const headers = (isList(parameters) ? parameters : []).filter(isObject).map((parameter) => ({
    name: String(parameter['name']).toLowerCase(),
    required: parameter['required'] === true,
    schema: parameter['schema'],
  }));
  return {
    type: 'object',
    required: headers.filter(({ required }) => required).map(({ name }) => name),
    properties: Object.fromEntries(headers.map(({ name, schema }) => [name, schema])),
  };
}

/** `undefined` where the body is of the media type that it must be of. */
function mediaTypeFault(headers: Headers): Fault | undefined {
  const [type = ''] = String(headers['content-type']).split(';');
  if (type.trim().toLowerCase() === 'application/json') return undefined;
  return faultAt('/content-type', 'must be application/json');
}

/** Holds what is sent to the simulator against the description that routing services are built by. */
export class RequestCheck {
  private readonly isQuestion: ValidateFunction<RoutingQuestion>;
  private readonly areHeaders: ValidateFunction<KeyHeader>;

  constructor(description: JsonObject) {
    const ajv = new Ajv2020({ allErrors: true, verbose: true, strictRequired: false });
    ajv.addFormat('date-time', isRfc3339);
    // The description is the root that its references are looked up in, though it is no schema itself.
    ajv.addVocabulary(Object.keys(description));
    ajv.addSchema(description, ID);
    this.isQuestion = ajv.compile<RoutingQuestion>({
      $ref: `${ID}#${OPERATION}/requestBody/content/application~1json/schema`,
    });
    this.areHeaders = ajv.compile<KeyHeader>(headersSchema(description));
  }

  check(headers: Headers, body: unknown): CheckedRequest {
    const { isQuestion, areHeaders } = this;
    const mediaType = mediaTypeFault(headers);
    const faults = [
      ...inHeaders(mediaType === undefined ? [] : [mediaType]),
      ...(areHeaders(headers) ? [] : inHeaders(schemaFaults(areHeaders.errors))),
      ...(isQuestion(body) ? [] : schemaFaults(isQuestion.errors)),
    ];
    if (faults.length > 0 || !areHeaders(headers) || !isQuestion(body)) return { ok: false, faults };
    const key = headers['idempotency-key'];
    const [ofEvent] = key.split('-');
    if (ofEvent === body.eventId) return { ok: true, key, question: body };
    return { ok: false, faults: inHeaders([faultAt('/idempotency-key', 'must begin with the eventId')]) };
  }
}

const inHeaders = (faults: readonly Fault[]): readonly Fault[] =>
  faults.map(({ path, message }) => ({ path: `/headers${path}`, message }));
