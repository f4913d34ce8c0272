import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { testDatabase, type TestDatabase } from '../support/test-database';
import { type AdminProcess, startProcess } from './partners-app';

describe('the description of the partners routes', () => {
  let stores: TestDatabase;
  let admin: AdminProcess;
  let description: OpenAPIObject;

  beforeAll(async () => {
    stores = testDatabase();
    admin = await startProcess(stores);
    const config = new DocumentBuilder().setOpenAPIVersion('3.1.0').addBearerAuth().build();
    description = SwaggerModule.createDocument(admin.nest, config);
  });
  afterAll(async () => {
    await admin.nest.close();
    await stores.cleanup();
  });

  it.each([
    ['/v1/admin/partners', 'post', '201', ['400', '401', '403', '409']],
    ['/v1/admin/partners', 'get', '200', ['400', '401', '403']],
    ['/v1/admin/partners/{id}', 'get', '200', ['400', '401', '403', '404']],
    ['/v1/admin/partners/{id}', 'put', '200', ['400', '401', '403', '404', '409', '412']],
    ['/v1/admin/partners/{id}', 'patch', '200', ['400', '401', '403', '404', '409', '412']],
    ['/v1/admin/partners/{id}', 'delete', '204', ['401', '403', '404', '409', '412']],
    ['/v1/admin/partners/apply', 'post', '200', ['400', '401', '403', '409']],
    ['/v1/admin/partners/{id}/secrets', 'post', '201', ['400', '401', '403', '404', '409', '412']],
    [
      '/v1/admin/partners/{id}/secrets/{secretId}',
      'patch',
      '200',
      ['400', '401', '403', '404', '409', '412'],
    ],
    ['/v1/admin/partners/{id}/secrets/{secretId}', 'delete', '204', ['401', '403', '404', '409', '412']],
    ['/v1/admin/partners/{id}/dry-run', 'post', '200', ['400', '401', '403', '404', '409', '413']],
    ['/v1/admin/presets', 'get', '200', ['400', '401', '403']],
    ['/v1/admin/presets/{name}', 'get', '200', ['401', '403', '404']],
    ['/v1/admin/queues', 'get', '200', ['400', '401', '403']],
    ['/v1/admin/queues/{partnerId}/pause', 'post', '200', ['401', '403', '404']],
    ['/v1/admin/queues/{partnerId}/resume', 'post', '200', ['401', '403', '404']],
  ] as const)(
    '%s %s says what it does, what it answers and who may call it',
    (path, method, done, refusals) => {
      const operation = description.paths[path]?.[method];
      expect(operation?.summary).toBeTruthy();
      expect(operation?.security).toEqual([{ bearer: [] }]);
      expect(Object.keys(operation?.responses ?? {}).sort()).toEqual([done, ...refusals].sort());
    },
  );

  it.each([
    ['/v1/admin/partners', 'post'],
    ['/v1/admin/partners/{id}', 'patch'],
  ] as const)('%s %s has examples that the gateway takes', async (path, method) => {
    const body = description.paths[path]?.[method]?.requestBody;
    const content = body && 'content' in body ? body.content['application/json'] : undefined;
    const examples = Object.values(content?.examples ?? {}).flatMap((example) =>
      'value' in example ? [example.value as unknown] : [],
    );
    expect(examples.length).toBeGreaterThan(1);
    for (const json of examples) {
      const target = method === 'post' ? '' : '/acme';
      const { status, text } = await admin.admin(method.toUpperCase(), target, { json });
      expect({ taken: status < 300, text }).toMatchObject({ taken: true });
    }
  });
});
