import { RouteCatalogue } from './route-catalogue';

const routes = new RouteCatalogue();
routes.add('/v1/webhooks/:partnerId', ['POST']);
routes.add('/v1/webhooks/:partnerId', ['GET', 'HEAD']);
routes.add('/v1/webhooks/special', ['PUT']);
routes.add('/docs/*', ['GET']);

it.each([
  ['/v1/webhooks/acme', ['GET', 'HEAD', 'POST']],
  ['/v1/webhooks/special', ['GET', 'HEAD', 'POST', 'PUT']],
  ['/v1/webhooks/', []],
  ['/v1/webhooks', []],
  ['/v1/webhooks/acme/more', []],
  ['/docs/a/b', ['GET']],
  ['/other', []],
])('%s answers to %j', (path, methods) => expect(routes.methodsAt(path)).toEqual(methods));
