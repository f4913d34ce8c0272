import { declareCollection } from '#platform/mongo/collection-declaration';

/**
 * When secrets were last used. Apart from the partners: a use is no change of a partner, so no process has to
 * look, and none is lost when somebody replaces the partner's secrets.
 */
export interface SecretUseRecord {
  _id: { partnerId: string; secretId: string };
  lastUsedAt: Date;
}

export const SECRET_USES = declareCollection<SecretUseRecord>('secret_uses', [
  { name: 'partner', key: { '_id.partnerId': 1 } },
]);
