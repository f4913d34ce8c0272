import { type CastMember } from '../scenario/cast';
import { type Patience } from './patience';

const NOT_FOUND = 404;

/** A partner is known to the part of the gateway that takes webhooks a moment after it was made. */
export async function waitUntilKnown(members: readonly CastMember[], patience: Patience): Promise<void> {
  for (const { id, simulator } of members) {
    const { status } = await patience.until(
      () => simulator.knock(),
      (answer) => answer.status !== NOT_FOUND,
    );
    if (status === NOT_FOUND)
      throw new Error(`the gateway does not know the partner ${id}: ${adviceFor(id)}`);
  }
}

const adviceFor = (id: string): string =>
  id === 'default' ? 'start it with SIGNING_SECRET' : 'it has to within 2 s of its making';
