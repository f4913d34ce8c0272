import { randomBytes } from 'node:crypto';
import { AdminApi } from '../gateway/admin-api';
import { Samples } from '../samples/samples';
import { makeCast } from '../scenario/cast';
import { scenario } from '../scenario/scenario';
import { CaseRunner } from './case-runner';
import { compareJournal } from './journal';
import { Patience } from './patience';
import { playActs } from './play-acts';
import { type CaseReport } from './seen';
import { readShipment, type ShipmentReport } from './shipments';
import { waitUntilKnown } from './wait-until-known';

/** For one thing that is under way, and for all of them together. */
const EACH_WITHIN_MS = 15_000;
const ALL_WITHIN_MS = 90_000;

export interface DemoSettings {
  readonly gatewayUrl: string;
  readonly adminApiKey: string;
  readonly signingSecret: string;
}

export interface DemoResult {
  readonly requests: readonly CaseReport[];
  readonly shipments: readonly ShipmentReport[];
  /** Everything that is not as it has to be. */
  readonly differences: readonly string[];
}

/** Plays the whole way of an event against a running gateway, as partners and as an operator, over HTTP only. */
export async function demonstrate(settings: DemoSettings, say: (line: string) => void): Promise<DemoResult> {
  const { gatewayUrl, adminApiKey, signingSecret } = settings;
  const run = randomBytes(3).toString('hex');
  const admin = new AdminApi(gatewayUrl, adminApiKey);
  const patience = new Patience(EACH_WITHIN_MS, ALL_WITHIN_MS);
  const cast = await makeCast({ admin, gatewayUrl, signingSecret, run });
  const { canonical, ...couriers } = cast;
  const ofThisRun = Object.values(couriers);
  say(`demo: made the partners ${ofThisRun.map(({ id }) => id).join(', ')}`);
  await waitUntilKnown([...ofThisRun, canonical], patience);
  const play = scenario(cast, Samples.read(), run);
  const requests = await playActs(play.acts, new CaseRunner(admin, patience), say);
  const eventIds = new Map(requests.map(({ demoCase, seen }) => [demoCase, seen.eventId]));
  const shipments: ShipmentReport[] = [];
  for (const expected of play.shipments) {
    shipments.push(await readShipment(admin, patience, expected, (of) => eventIds.get(of)));
  }
  const journal = await compareJournal(admin, ofThisRun, requests);
  const differences = [...requests, ...shipments].flatMap((report) => report.differences);
  return { requests, shipments, differences: [...differences, ...journal] };
}
