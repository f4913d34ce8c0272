import { Injectable } from '@nestjs/common';
import { type Fault, faultAt } from '../document/fault';
import { PartnersRepository } from '../partners.repository';
import { type PartnerContent, type PartnerJson, type StoredPartner } from '../stored-partner';
import { type Plan, PartnerPlans } from './partner-plans';

/** Changes that meet: each is planned anew over the one before it, unless more of them come than this. */
const ATTEMPTS = 5;

export type Applied =
  | { readonly ok: true; readonly plan: Plan; readonly partner: StoredPartner | undefined }
  | { readonly ok: false; readonly faults: readonly Fault[] };

export interface ApplyOptions {
  /** Only says what would be done. */
  readonly dryRun?: boolean;
  /** Written with the content, and reason enough to write it. */
  readonly appliedFile?: string;
}

/** Somebody else was quicker, time and again: the same call may be made again. */
export class ApplyConflictError extends Error {
  constructor(id: string) {
    super(`partner "${id}" is being changed by others: apply it again`);
  }
}

const idOf = ({ id }: PartnerJson): string | undefined => (typeof id === 'string' ? id : undefined);

/** Makes a partner of a document, or replaces the one that it names. */
@Injectable()
export class PartnerApply {
  constructor(
    private readonly plans: PartnerPlans,
    private readonly repository: PartnersRepository,
  ) {}

  async apply(document: PartnerJson, options: ApplyOptions = {}): Promise<Applied> {
    const id = idOf(document);
    if (id === undefined) return { ok: false, faults: [faultAt('/id', 'is required')] };
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const current = await this.repository.findById(id);
      const plan = this.plans.plan(document, current);
      if (!plan.ok) return plan;
      if (options.dryRun === true || !isWorthWriting(plan, options))
        return { ok: true, plan, partner: current };
      const partner = await this.write(plan, current, options);
      if (partner !== undefined) return { ok: true, plan, partner };
    }
    throw new ApplyConflictError(id);
  }

  private write(
    { id, content }: Plan,
    current: StoredPartner | undefined,
    { appliedFile }: ApplyOptions,
  ): Promise<StoredPartner | undefined> {
    const written: PartnerContent = appliedFile === undefined ? content : { ...content, appliedFile };
    return current === undefined
      ? this.repository.insert(id, written)
      : this.repository.replace(current, written);
  }
}

const isWorthWriting = ({ action }: Plan, { appliedFile }: ApplyOptions): boolean =>
  action !== 'none' || appliedFile !== undefined;
