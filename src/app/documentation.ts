import { type INestApplication } from '@nestjs/common';
import { nullTypesIn } from './openapi-nullable';
import { WEBHOOK_PATHS } from '#ingestion/webhook.openapi';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

export const DOCS_PATH = 'docs';
export const OPENAPI_PATH = 'openapi.json';

/** The complete HTTP interface, as OpenAPI 3.1. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Courier Gateway')
    .setDescription(
      'Partners POST webhooks about parcels; operators review what could not be applied. ' +
        'Errors are problem details (RFC 9457).',
    )
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key of the gateway.' })
    .build();
  const described = SwaggerModule.createDocument(app, config);
  const document = { ...described, paths: { ...WEBHOOK_PATHS, ...described.paths } };
  return { ...document, ...nullTypesIn(document) };
}

/** Serves the description for people and for machines; it is made when somebody first asks. */
export function serveDocumentation(app: INestApplication): void {
  SwaggerModule.setup(DOCS_PATH, app, () => describeApi(app), {
    jsonDocumentUrl: OPENAPI_PATH,
    customSiteTitle: 'Courier Gateway API',
  });
}
