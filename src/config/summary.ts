import type { AppConfig } from './app-config';

/** Scheme, hosts and database: user, password and options stay out. */
export function withoutCredentials(uri: string): string {
  const [, scheme = '', rest = ''] = /^([a-z+]+:\/\/)(.*)$/s.exec(uri) ?? [];
  const [place = ''] = rest.split('?');
  return scheme + place.slice(place.lastIndexOf('@') + 1);
}

function presence(secret: string | undefined): 'set' | 'unset' {
  return secret === undefined ? 'unset' : 'set';
}

/** What a process runs with, safe to log at boot. */
export function summarize(config: AppConfig): Record<string, unknown> {
  const { mongo, redis, signing, admin, encryption, metrics, routing, ...plain } = config;
  return {
    ...plain,
    mongo: { ...mongo, uri: withoutCredentials(mongo.uri) },
    redis: { ...redis, url: withoutCredentials(redis.url) },
    ...(routing !== undefined && { routing: { ...routing, url: withoutCredentials(routing.url) } }),
    signing: { toleranceSeconds: signing.toleranceSeconds, secret: presence(signing.secret) },
    admin: { apiKey: presence(admin.apiKey) },
    encryption: { keyIds: encryption.keys.map(({ id }) => id) },
    metrics: { token: presence(metrics.token) },
  };
}
