import { type AdminApi } from '../gateway/admin-api';
import { type CastMember } from '../scenario/cast';
import { type CaseReport } from './seen';
import { reasonOf } from './reason-of';
import { isAccepted } from './tally';

/**
 * Whether the journal holds exactly the accepted requests of the partners that belong to this run: what was
 * refused or sent again left nothing.
 */
export async function compareJournal(
  admin: AdminApi,
  partners: readonly CastMember[],
  reports: readonly CaseReport[],
): Promise<readonly string[]> {
  const differences = partners.map(async (partner): Promise<readonly string[]> => {
    const accepted = reports.filter(({ demoCase, seen }) => demoCase.partner === partner && isAccepted(seen));
    const name = `journal of ${partner.id}`;
    const kept = await admin.events(partner.id).catch(reasonOf);
    if (typeof kept === 'string') return [`${name}: ${kept}`];
    if (kept.length === accepted.length) return [];
    return [`${name}: expected ${accepted.length} events, saw ${kept.length}`];
  });
  return (await Promise.all(differences)).flat();
}
