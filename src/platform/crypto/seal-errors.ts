export class UnknownEncryptionKeyError extends Error {
  override readonly name = 'UnknownEncryptionKeyError';
  readonly code = 'UNKNOWN_ENCRYPTION_KEY';

  constructor(readonly keyId: string) {
    super(
      `a stored secret was encrypted with the key "${keyId}", which is not in ENCRYPTION_KEYS: ` +
        'add it again after the newer ones, or set the secret anew',
    );
  }
}

export class SealBrokenError extends Error {
  override readonly name = 'SealBrokenError';
  readonly code = 'SEAL_BROKEN';

  constructor() {
    super('a stored secret does not open: it was changed, moved from its place, or its key has other bytes');
  }
}
