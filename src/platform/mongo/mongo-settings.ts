import { type ReadPreferenceMode } from 'mongodb';

export interface MongoSettings {
  readonly uri: string;
  readonly dbName: string;
  readonly minPoolSize: number;
  readonly maxPoolSize: number;
  readonly tlsCaFile?: string | undefined;
  /** Where the operators' lists are read from; everything that decides reads the primary. */
  readonly reviewReadPreference: ReadPreferenceMode;
}
