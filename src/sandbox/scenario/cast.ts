import { randomBytes } from 'node:crypto';
import { type AdminApi } from '../gateway/admin-api';
import { PartnerSimulator } from '../partner-simulator/partner-simulator';
import {
  easypostSigner,
  shippoSigner,
  type Signer,
  standardWebhooksSigner,
  tokenSigner,
} from '../partner-simulator/signers';
import { readPartnerDocument } from '../samples/samples';

/** One of those who send. */
export interface CastMember {
  readonly id: string;
  readonly simulator: PartnerSimulator;
  /** The status by which this partner wants its webhooks answered. */
  readonly acceptedWith: number;
}

export interface Cast {
  readonly easypost: CastMember;
  readonly shippo: CastMember;
  readonly delhivery: CastMember;
  /** Has no preset. */
  readonly ups: CastMember;
  /** The partner `default`, which sends the gateway's own format. */
  readonly canonical: CastMember;
}

export interface Stage {
  readonly admin: AdminApi;
  readonly gatewayUrl: string;
  readonly signingSecret: string;
  /** Names what belongs to this run. */
  readonly run: string;
}

interface Courier {
  readonly name: string;
  /** The partner document but for its id and secrets. */
  readonly document: object;
  readonly secret: string;
  readonly signer: Signer;
  readonly acceptedWith?: number;
}

const secret = (): string => randomBytes(24).toString('hex');

function couriers() {
  // A letter outside ASCII, as in EasyPost's own example: the scheme normalises the secret.
  const [easypost, shippo, delhivery, ups] = [`sécret-${secret()}`, secret(), secret(), secret()];
  return {
    easypost: {
      name: 'easypost',
      document: { preset: 'easypost' },
      secret: easypost,
      signer: easypostSigner(easypost),
    },
    shippo: { name: 'shippo', document: { preset: 'shippo' }, secret: shippo, signer: shippoSigner(shippo) },
    delhivery: {
      name: 'delhivery',
      document: { preset: 'delhivery' },
      secret: delhivery,
      signer: tokenSigner('x-delhivery-token', delhivery),
    },
    ups: {
      name: 'ups',
      document: readPartnerDocument('ups'),
      secret: ups,
      signer: tokenSigner('authorization', `Bearer ${ups}`),
      acceptedWith: 200,
    },
  };
}

/** Makes the partners of this run. Published bodies are always the same, so each run needs partners of its own. */
export async function makeCast(stage: Stage): Promise<Cast> {
  const { easypost, shippo, delhivery, ups } = couriers();
  return {
    easypost: await makeMember(stage, easypost),
    shippo: await makeMember(stage, shippo),
    delhivery: await makeMember(stage, delhivery),
    ups: await makeMember(stage, ups),
    canonical: {
      id: 'default',
      simulator: new PartnerSimulator(
        `${stage.gatewayUrl}/v1/events/courier`,
        standardWebhooksSigner(stage.signingSecret),
      ),
      acceptedWith: 202,
    },
  };
}

async function makeMember(stage: Stage, courier: Courier): Promise<CastMember> {
  const id = await createPartner(stage, courier);
  const simulator = new PartnerSimulator(`${stage.gatewayUrl}/v1/webhooks/${id}`, courier.signer);
  return { id, simulator, acceptedWith: courier.acceptedWith ?? 202 };
}

/** Under the courier's plain name, or, where an earlier run or somebody else has that, with the name of the run. */
async function createPartner(
  { admin, run }: Stage,
  { name, document, secret: value }: Courier,
): Promise<string> {
  for (const id of [name, `${name}-${run}`]) {
    if (await admin.createPartner({ ...document, id, secrets: [{ value }] })) return id;
  }
  throw new Error(`the partner ids ${name} and ${name}-${run} are both taken: run the demonstration again`);
}
