import { PartnerSimulator } from '../partner-simulator/partner-simulator';
import { tokenSigner } from '../partner-simulator/signers';
import { type Cast, type CastMember } from '../scenario/cast';

const aMember = (id: string, acceptedWith = 202): CastMember => ({
  id,
  simulator: new PartnerSimulator(`http://gateway.test/v1/webhooks/${id}`, tokenSigner('x-token', 'token')),
  acceptedWith,
});

/** Partners that are there, but send nothing. */
export const aCast = (): Cast => ({
  easypost: aMember('easypost'),
  shippo: aMember('shippo'),
  delhivery: aMember('delhivery'),
  ups: aMember('ups', 200),
  canonical: aMember('default'),
});
