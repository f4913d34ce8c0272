import { type StoredPartner, versionOf } from '#domain/partners/stored-partner';

/** Names one version of a partner (RFC 9110), so that a change can say which version it was made from. */
export const etagOf = (partner: StoredPartner): string => `"${versionOf(partner)}"`;

/** The request's `If-Match`; without one every version will do. */
export class IfMatch {
  private readonly tags: readonly string[];

  constructor(header: string | undefined) {
    this.tags = (header ?? '*').split(',').map((tag) => tag.trim());
  }

  allows(etag: string): boolean {
    return this.tags.includes('*') || this.tags.includes(etag);
  }
}
