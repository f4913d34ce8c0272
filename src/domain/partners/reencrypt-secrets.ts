import { type PartnerSecrets } from './partner-secrets';
import { type PartnersRepository } from './partners.repository';
import { type StoredPartner } from './stored-partner';

export interface Reencryption {
  /** Secrets that were under an older key and are under the newest one now. */
  readonly reencrypted: number;
  /** Secrets that no key of the ring opens; they stay as they are. */
  readonly unreadable: number;
}

const PAGE = 100;

type Stores = { readonly repository: PartnersRepository; readonly secrets: PartnerSecrets };

async function reencryptOne({ repository, secrets }: Stores, partner: StoredPartner): Promise<Reencryption> {
  let current: StoredPartner | undefined = partner;
  while (current !== undefined) {
    const old = current.secrets.filter((secret) => secrets.needsReseal(secret)).length;
    const { id, document } = current;
    const resealed = current.secrets.map((secret) => secrets.resealed(id, secret));
    const unreadable = resealed.filter((secret) => secrets.needsReseal(secret)).length;
    const appliedFile = current.appliedFile && secrets.resealedDigest(id, current.appliedFile);
    if (old === unreadable && appliedFile === current.appliedFile) return { reencrypted: 0, unreadable };
    const content = { document, secrets: resealed, ...(appliedFile !== undefined && { appliedFile }) };
    const changed = await repository.replace(current, content);
    if (changed !== undefined) return { reencrypted: old - unreadable, unreadable };
    // Somebody changed the partner meanwhile: what is there now counts.
    current = await repository.findById(id);
  }
  return { reencrypted: 0, unreadable: 0 };
}

/** Encrypts every stored secret with the newest key, so that older keys can go. Safe while processes run. */
export async function reencryptSecrets(stores: Stores): Promise<Reencryption> {
  const ids = [...(await stores.repository.states()).keys()];
  let [reencrypted, unreadable] = [0, 0];
  for (let from = 0; from < ids.length; from += PAGE) {
    for (const partner of await stores.repository.findByIds(ids.slice(from, from + PAGE))) {
      const one = await reencryptOne(stores, partner);
      reencrypted += one.reencrypted;
      unreadable += one.unreadable;
    }
  }
  return { reencrypted, unreadable };
}
