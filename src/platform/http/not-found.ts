import type { IncomingMessage } from 'node:http';
import type { Authenticator } from './authenticator';
import { isGuarded, principalOf } from './guarded-routes';
import { ProblemError } from './problem';
import type { RouteCatalogue } from './route-catalogue';

/** Why a request that met no route is refused; throws where its sender may not even know that. */
export async function refusalOf(
  raw: IncomingMessage,
  routes: RouteCatalogue,
  authenticator: Authenticator | undefined,
): Promise<ProblemError> {
  const [path = ''] = (raw.url ?? '').split('?');
  // Without a key nobody learns which addresses of the admin API exist.
  if (authenticator !== undefined && isGuarded(path)) await principalOf(raw, authenticator);
  const methods = routes.methodsAt(path);
  if (methods.length === 0)
    return new ProblemError('NOT_FOUND', 'there is no such route: check path and role');
  const allow = methods.join(', ');
  return new ProblemError('METHOD_NOT_ALLOWED', `this route answers to ${allow}`, { headers: { allow } });
}
