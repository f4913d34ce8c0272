import { type ShipmentStatus } from '#domain/shipments/shipment-status';
import { type StatusTarget } from './mapping-spec';

/** Spellings that differ in blanks and case only are one word. */
export const normaliseWord = (word: string): string => word.trim().replace(/\s+/g, ' ').toLowerCase();

export interface Translation {
  /** `null`: the word says nothing about the state, or there is none. */
  readonly status: ShipmentStatus | null;
  /** The word that counted, as sent. */
  readonly word: string | null;
  /** False where the table does not know any of the words. */
  readonly known: boolean;
}

export class StatusTable {
  private readonly targets: ReadonlyMap<string, ShipmentStatus | null>;

  constructor(table: Readonly<Record<string, StatusTarget>>) {
    this.targets = new Map(
      Object.entries(table).map(([word, target]) => [normaliseWord(word), target === 'none' ? null : target]),
    );
  }

  /** Words from the most to the least specific: the first one in the table counts. */
  translate(words: readonly string[]): Translation {
    for (const word of words) {
      const status = this.targets.get(word) ?? this.targets.get(normaliseWord(word));
      if (status !== undefined) return { status, word, known: true };
    }
    const [word] = words;
    return word === undefined
      ? { status: null, word: null, known: true }
      : { status: 'unknown', word, known: false };
  }
}
