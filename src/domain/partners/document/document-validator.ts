import { type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020';
import { isRfc3339 } from '../time/iso8601';
import { type PartnerDocument } from './partner-document';
import { PARTNER_SCHEMA } from './partner-schema';

type Part<Name extends keyof PartnerDocument> = NonNullable<PartnerDocument[Name]>;

/** Compiles each validator when it is first needed. */
class DocumentValidators {
  private readonly ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    inlineRefs: false,
  });
  private ofDocument: ValidateFunction<PartnerDocument> | undefined;
  private ofSignature: ValidateFunction<Part<'signature'>> | undefined;
  private ofSecrets: ValidateFunction<Part<'secrets'>> | undefined;

  constructor() {
    this.ajv.addFormat('date-time', isRfc3339);
    this.ajv.addKeyword({ keyword: 'expected', schemaType: 'string' });
    this.ajv.addSchema(PARTNER_SCHEMA);
  }

  get document(): ValidateFunction<PartnerDocument> {
    return (this.ofDocument ??= this.ajv.compile({ $ref: 'partner' }));
  }

  get signature(): ValidateFunction<Part<'signature'>> {
    return (this.ofSignature ??= this.ajv.compile({ $ref: 'partner#/properties/signature' }));
  }

  get secrets(): ValidateFunction<Part<'secrets'>> {
    return (this.ofSecrets ??= this.ajv.compile({ $ref: 'partner#/properties/secrets' }));
  }
}

let validators: DocumentValidators | undefined;

/** Made for the first document, not when the file is imported. */
export const documentValidators = (): DocumentValidators => (validators ??= new DocumentValidators());
