import { ApiPropertyOptional, ApiSchema, PartialType } from '@nestjs/swagger';
import { PartnerDocumentFields } from './partner-document.fields';
import { SecretBody } from './secret.body';

/** A document of the partner grammar, as it is sent. It is checked by the grammar itself. */
@ApiSchema({ name: 'PartnerBody' })
export class PartnerBody extends PartnerDocumentFields {
  @ApiPropertyOptional({ type: [SecretBody], maxItems: 10 })
  readonly secrets?: readonly SecretBody[];
}

/** A merge patch over the document as it was written. */
@ApiSchema({ name: 'PartnerPatch' })
export class PartnerPatch extends PartialType(PartnerBody) {}
