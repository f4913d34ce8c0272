import { accessSync, constants, readdirSync } from 'node:fs';
import { Expected } from './variable-kinds';

/** A text of one form, described for the person who has to correct it. */
export function matching(form: RegExp, description: string): (text: string) => string | Expected {
  return (text) => (form.test(text) ? text : new Expected(description));
}

export function parseReadableFile(path: string): string | Expected {
  try {
    accessSync(path, constants.R_OK);
    return path;
  } catch {
    return new Expected('the path of a file that this process may read');
  }
}

export function parseReadableDirectory(path: string): string | Expected {
  try {
    readdirSync(path);
    return path;
  } catch {
    return new Expected('the path of a directory that this process may read');
  }
}
