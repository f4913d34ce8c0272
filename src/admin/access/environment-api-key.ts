import { Injectable } from '@nestjs/common';
import { equalInConstantTime } from '#platform/crypto/constant-time';
import { Authenticator, type Principal } from '#platform/http/authenticator';

export interface EnvironmentApiKeySettings {
  /** `ADMIN_API_KEY`; unset: nobody gets in. */
  readonly apiKey?: string | undefined;
}

const PRINCIPAL: Principal = { name: 'environment', role: 'admin' };

/** The one key that a deployer sets: it opens everything, so that further keys can be made with it. */
@Injectable()
export class EnvironmentApiKey extends Authenticator {
  constructor(private readonly settings: EnvironmentApiKeySettings) {
    super();
  }

  authenticate(bearer: string | undefined): Promise<Principal | null> {
    const { apiKey } = this.settings;
    // An empty key is no key: it must not be opened by an empty token.
    const known = Boolean(apiKey) && bearer !== undefined && equalInConstantTime(bearer, apiKey ?? '');
    return Promise.resolve(known ? PRINCIPAL : null);
  }
}
