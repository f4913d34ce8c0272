import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { writeFileSync } from 'node:fs';
import { EventsAdminModule } from '#admin/events/events-admin.module';
import { ShipmentsAdminModule } from '#admin/shipments/shipments-admin.module';
import { DlqReviewModule } from '#dlq-review/dlq-review.module';
import { startAdminApp } from './admin-app';
it('x', async () => {
  const app = await startAdminApp([EventsAdminModule, ShipmentsAdminModule, DlqReviewModule]);
  const doc = SwaggerModule.createDocument(app.nest, new DocumentBuilder().setOpenAPIVersion('3.1.0').addBearerAuth().build());
  writeFileSync('/tmp/doc-dlq.json', JSON.stringify(doc, null, 1));
  await app.close();
});
