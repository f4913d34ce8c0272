import { Module } from '@nestjs/common';
import { DeadLetterList } from './dead-letter-list';
import { DeadLetterSteps } from './dead-letter-steps';
import { DeadLettersController } from './dead-letters.controller';

/** Dead letters for people. Needs the repositories of the domain, the jobs and an authenticator, all global. */
@Module({
  controllers: [DeadLettersController],
  providers: [DeadLetterList, DeadLetterSteps],
})
export class DlqReviewModule {}
