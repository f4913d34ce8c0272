import { Injectable } from '@nestjs/common';
import { type CompiledPartner } from '#domain/partners/compiled-partner';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { ProblemError } from '#platform/http/problem';
import { AddressLimits } from '#platform/limits/address-limits';
import * as refusals from './refusals';

export interface HandshakeRequest {
  readonly partnerId: string;
  readonly address: string;
  /** Path and query as sent. */
  readonly target: string;
}

export interface HandshakeAnswer {
  readonly status: number;
  readonly body: string;
}

type Handshake = NonNullable<CompiledPartner['handshake']>;

/** Longer challenges are not known; an echo must not become a way to publish things. */
const LONGEST_ECHO = 1_024;

/** Senders that ask first whether this address is meant: a GET, answered with what they sent, or with nothing. */
@Injectable()
export class Handshakes {
  constructor(
    private readonly partners: PartnerDirectory,
    private readonly addresses: AddressLimits,
  ) {}

  /** Throws a `ProblemError`; 405 for partners that have no handshake, and for who is no partner. */
  async answer({ partnerId, address, target }: HandshakeRequest): Promise<HandshakeAnswer> {
    await this.addresses.admit(address);
    if (!this.partners.loaded || this.partners.isBroken(partnerId)) throw refusals.unavailable();
    const partner = this.partners.find(partnerId);
    const handshake = partner?.handshake ?? null;
    if (partner === undefined || handshake === null) throw refusals.noHandshake();
    if (!partner.enabled) throw refusals.partnerDisabled();
    if (!partner.allowsAddress(address)) throw refusals.addressNotAllowed();
    return { status: handshake.status, body: echoOf(handshake, target) };
  }
}

function echoOf({ echo }: Handshake, target: string): string {
  if (echo === undefined) return '';
  const at = target.indexOf('?');
  const [value, ...more] = new URLSearchParams(at < 0 ? '' : target.slice(at + 1)).getAll(echo);
  if (value !== undefined && more.length === 0 && value.length <= LONGEST_ECHO) return value;
  throw new ProblemError(
    'BAD_REQUEST',
    `expected the parameter ${echo} once, with at most ${LONGEST_ECHO} characters`,
  );
}
