import { Module } from '@nestjs/common';
import { EventReplay } from './event-replay';
import { EventsController } from './events.controller';
import { FindEvents } from './find-events';
import { ReplayPreviews } from './replay-preview';

/** The journal for people. Needs the repositories of the domain and an authenticator, all global. */
@Module({ controllers: [EventsController], providers: [EventReplay, FindEvents, ReplayPreviews] })
export class EventsAdminModule {}
