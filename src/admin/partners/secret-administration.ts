import { Injectable } from '@nestjs/common';
import { type JsonObject } from '#domain/partners/body/json-value';
import { SecretChanges, type SecretChange } from '#domain/partners/secret-changes';
import { SecretUsesRepository } from '#domain/partners/secret-uses.repository';
import { type StoredPartner, type StoredSecret } from '#domain/partners/stored-partner';
import { ProblemError } from '#platform/http/problem';
import { invalidPayload } from '#platform/http/validation';
import { type IfMatch } from './etag';
import { PartnerChanges } from './partner-changes';

type Done = Extract<SecretChange, { readonly ok: true }>;

export interface ChangedSecret {
  readonly partner: StoredPartner;
  readonly secret: StoredSecret;
  readonly generated: string | undefined;
}

/** What administrators do with single secrets. */
@Injectable()
export class SecretAdministration {
  constructor(
    private readonly changes: PartnerChanges,
    private readonly secrets: SecretChanges,
    private readonly uses: SecretUsesRepository,
  ) {}

  add(partnerId: string, given: JsonObject, ifMatch: IfMatch): Promise<ChangedSecret> {
    return this.changed(partnerId, ifMatch, (current) => accepted(this.secrets.add(current, given)));
  }

  change(partnerId: string, id: string, patch: JsonObject, ifMatch: IfMatch): Promise<ChangedSecret> {
    return this.changed(partnerId, ifMatch, (current) =>
      accepted(this.secrets.change(current, secretOf(current, id), patch)),
    );
  }

  async remove(partnerId: string, id: string, ifMatch: IfMatch): Promise<StoredPartner> {
    const { partner } = await this.changed(partnerId, ifMatch, (current) => {
      const change = this.secrets.remove(current, secretOf(current, id));
      if (change.ok) return change;
      const faults = change.faults.map(({ message }) => message).join('; ');
      throw new ProblemError(
        'CONFLICT',
        `secret "${id}" cannot be removed: ${faults}. Add another one first`,
      );
    });
    await this.uses.forget(partnerId, id);
    return partner;
  }

  private async changed(
    partnerId: string,
    ifMatch: IfMatch,
    work: (current: StoredPartner) => Done,
  ): Promise<ChangedSecret> {
    const { partner, made } = await this.changes.change(partnerId, ifMatch, work);
    return { partner, secret: made.secret, generated: made.generated };
  }
}

function accepted(change: SecretChange): Done {
  if (change.ok) return change;
  throw invalidPayload(change.faults);
}

function secretOf({ id: partnerId, secrets }: StoredPartner, id: string): StoredSecret {
  const secret = secrets.find((stored) => stored.id === id);
  if (secret !== undefined) return secret;
  throw new ProblemError('NOT_FOUND', `partner "${partnerId}" has no secret "${id}"`);
}
