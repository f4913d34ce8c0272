import { Module } from '@nestjs/common';
import { FindQueues } from './find-queues';
import { QueuePauses } from './queue-pauses';
import { QueuesController } from './queues.controller';

/** Partners' queues for people. Needs the partners, the journal, the queues and an authenticator, all global. */
@Module({ controllers: [QueuesController], providers: [FindQueues, QueuePauses] })
export class QueuesAdminModule {}
