import { type ArgumentMetadata, Injectable, ValidationPipe } from '@nestjs/common';
import { ValidateIf, type ValidationError } from 'class-validator';
import { type PayloadFault, ProblemError } from './problem';

const MAX_FAULTS = 100;

/** Unlike `IsOptional`, refuses `null`: nobody would know what it is to mean. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_, value: unknown) => value !== undefined);

/** A note as it is kept: a blank one says nothing, and is none. */
export const keptNote = (note: string | undefined): { readonly note?: string } => {
  const text = note?.trim() ?? '';
  return text === '' ? {} : { note: text };
};

const NOT_KNOWN = 'is not known here: remove it';

export const notKnown = (name: string): PayloadFault => ({ path: step(name), message: NOT_KNOWN });

/** One step of a JSON Pointer (RFC 6901). */
function step(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** class-validator begins its messages with the name of the property, which is in the path already. */
function withoutName(message: string, name: string): string {
  if (message === `property ${name} should not exist`) return NOT_KNOWN;
  return message.startsWith(`${name} `) ? message.slice(name.length + 1) : message;
}

function faultsOf(errors: readonly ValidationError[], parent = ''): PayloadFault[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    // The payload as a whole has no name.
    const path = property ? parent + step(property) : parent;
    // Checks that ask for one thing together say the same.
    const own = [...new Set(Object.values(constraints))].map((message) => ({
      path,
      message: withoutName(message, property),
    }));
    return [...own, ...faultsOf(children, path)];
  });
}

export function invalidPayload(errors: readonly PayloadFault[]): ProblemError {
  const shown = errors.slice(0, MAX_FAULTS);
  const places = [...new Set(shown.map(({ path }) => path || 'the payload'))].slice(0, 5).join(', ');
  return new ProblemError('INVALID_PAYLOAD', `not valid: ${places}`, { errors: shown });
}

/**
 * Checks a body or query against its class-validator class: every fault is named with its place, and members
 * that the class does not know are refused. Used per parameter, `@Body(DtoPipe) dto: …`, never for the
 * whole application: the intake would pay for it.
 */
@Injectable()
export class DtoPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      validationError: { target: false, value: false },
      exceptionFactory: (errors) => invalidPayload(faultsOf(errors)),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (metadata.type === 'body' && value !== undefined && !isObject) {
      throw invalidPayload([{ path: '', message: 'must be a JSON object' }]);
    }
    const checked: unknown = await super.transform(value, metadata);
    return checked;
  }
}
