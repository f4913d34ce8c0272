import { type DynamicModule, Module } from '@nestjs/common';
import { type EncryptionKey, KeyRing } from './key-ring';

export interface CryptoSettings {
  /** Newest first. */
  readonly keys: readonly EncryptionKey[];
}

@Module({})
export class CryptoModule {
  static forRoot({ keys }: CryptoSettings): DynamicModule {
    return {
      module: CryptoModule,
      global: true,
      providers: [{ provide: KeyRing, useFactory: () => new KeyRing(keys) }],
      exports: [KeyRing],
    };
  }
}
