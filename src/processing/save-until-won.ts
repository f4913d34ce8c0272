import { setTimeout as pause } from 'node:timers/promises';
import { type ShipmentChange, type ShipmentRepository } from '#domain/shipments/shipment.repository';

const MAX_ROUNDS = 100;
const PAUSE_MS = 5;

/** What these shipments shall become, made from how they stand now; one that is left out is as it should be. */
export type Redraft = (ids: readonly string[]) => Promise<readonly ShipmentChange[]>;

/**
 * Saves what `redraft` makes of these shipments. Where another writer was quicker, nothing was written, and it is made
 * again. Gives those that are still open when others were quicker all the time.
 */
export async function saveUntilWon(
  shipments: ShipmentRepository,
  ids: readonly string[],
  redraft: Redraft,
): Promise<readonly string[]> {
  let open = ids;
  for (let round = 0; open.length > 0 && round < MAX_ROUNDS; round += 1) {
    if (round > 0) await pause(Math.random() * PAUSE_MS * round);
    const changes = await redraft(open);
    open = changes.length > 0 ? await shipments.save(changes) : [];
  }
  return open;
}
