export interface EventRetentionSettings {
  /** How long a finished entry stays in the journal, in days. */
  readonly processedEventsTtlDays: number;
}

const MS_PER_DAY = 86_400_000;

export const expiryAfterDays = (from: Date, days: number): Date =>
  new Date(from.getTime() + days * MS_PER_DAY);
