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

/** What may be shown of a secret. */
function shown(secret: StoredSecret, isGivenAnew: boolean): JsonObject {
  return {
    value: 'reference' in secret ? secret.reference : isGivenAnew ? '(given anew)' : '(as stored)',
    ...(secret.use !== undefined && { use: secret.use }),
    ...(secret.keyId !== undefined && { keyId: secret.keyId }),
    ...(secret.activeFrom !== undefined && { activeFrom: secret.activeFrom.toISOString() }),
    ...(secret.retireAt !== undefined && { retireAt: secret.retireAt.toISOString() }),
  };
}

const NOTHING: PartnerContent = { document: {}, secrets: [] };

const shownOf = (secrets: readonly StoredSecret[], givenAnew?: ReadonlySet<string>): JsonObject =>
  Object.fromEntries(secrets.map((secret) => [secret.id, shown(secret, givenAnew?.has(secret.id) ?? false)]));

/**
 * What a partner's content has that it had not before, and the other way round; never a value of a secret.
 * `givenAnew` has the ids of the secrets of `after` whose values are not those of `before`: sealed ones do not tell.
 */
export function changesOf(
  before: PartnerContent = NOTHING,
  after: PartnerContent,
  givenAnew: ReadonlySet<string>,
): readonly Change[] {
  return [
    ...differences(before.document, after.document, ''),
    ...differences(shownOf(before.secrets), shownOf(after.secrets, givenAnew), '/secrets'),
  ];
}
