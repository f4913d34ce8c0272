import { isDeepStrictEqual } from 'node:util';
import { isObject, type JsonObject } from '../body/json-value';
import { type PartnerContent, type StoredSecret } from '../stored-partner';
import { pointerOf } from '../template/pointer';

/** One place in which two documents differ; a list is one place. */
export interface Change {
  /** JSON Pointer. */
  readonly path: string;
  /** Absent where there was nothing. */
  readonly before?: unknown;
  /** Absent where nothing is left. */
  readonly after?: unknown;
}

const memberOf = (object: JsonObject, name: string): unknown =>
  Object.hasOwn(object, name) ? object[name] : undefined;

function differences(before: unknown, after: unknown, path: string): readonly Change[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isObject(before) && isObject(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) =>
      differences(memberOf(before, name), memberOf(after, name), path + pointerOf(name)),
    );
  }
  return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
}

/** What may be shown of a secret. One with another age under the same id is another secret. */
function shown(secret: StoredSecret, known: readonly StoredSecret[]): JsonObject {
  const isKnown = known.some(
    ({ id, createdAt }) => id === secret.id && createdAt.getTime() === secret.createdAt.getTime(),
  );
  return {
    value: 'reference' in secret ? secret.reference : isKnown ? '(as stored)' : '(given anew)',
    ...(secret.use !== undefined && { use: secret.use }),
    ...(secret.keyId !== undefined && { keyId: secret.keyId }),
    ...(secret.activeFrom !== undefined && { activeFrom: secret.activeFrom.toISOString() }),
    ...(secret.retireAt !== undefined && { retireAt: secret.retireAt.toISOString() }),
  };
}

const NOTHING: PartnerContent = { document: {}, secrets: [] };

/** What a partner's content has that it had not before, and the other way round; never a value of a secret. */
export function changesOf(before: PartnerContent = NOTHING, after: PartnerContent): readonly Change[] {
  const asShown = ({ secrets }: PartnerContent): JsonObject =>
    Object.fromEntries(secrets.map((secret) => [secret.id, shown(secret, before.secrets)]));
  return [
    ...differences(before.document, after.document, ''),
    ...differences(asShown(before), asShown(after), '/secrets'),
  ];
}
