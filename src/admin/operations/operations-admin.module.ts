import { Module } from '@nestjs/common';
import { FindOperations } from './find-operations';
import { OperationsController } from './operations.controller';

/** Work on many things, for people. Needs the repositories of the domain and an authenticator, all global. */
@Module({ controllers: [OperationsController], providers: [FindOperations] })
export class OperationsAdminModule {}
