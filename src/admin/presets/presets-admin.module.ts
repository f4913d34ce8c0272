import { Module } from '@nestjs/common';
import { PresetsController } from './presets.controller';

/** The shipped presets, for people. Needs the partners of the domain and an authenticator, both global. */
@Module({ controllers: [PresetsController] })
export class PresetsAdminModule {}
