import { Module } from '@nestjs/common';
import { EventsController } from './events.controller';
import { FindEvents } from './find-events';

/** The journal for people. Needs the repositories of the domain and an authenticator, all global. */
@Module({ controllers: [EventsController], providers: [FindEvents] })
export class EventsAdminModule {}
