import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { DtoPipe, invalidPayload } from '#platform/http/validation';
import { ReplayRequest } from './replay-request';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Checks the body of a replay but for `payload`, which goes past the checks as it is: it may be anything, and
 * being copied member by member it would lose those with names like `constructor`.
 */
@Injectable()
export class ReplayPipe implements PipeTransform<unknown, Promise<ReplayRequest>> {
  private readonly checks = new DtoPipe();

  async transform(body: unknown, metadata: ArgumentMetadata): Promise<ReplayRequest> {
    if (!isObject(body))
      return Object.assign(new ReplayRequest(), await this.checks.transform(body, metadata));
    const { payload, ...checked } = body;
    const request = Object.assign(new ReplayRequest(), await this.checks.transform(checked, metadata));
    if (payload === undefined || request.bodyBase64 === undefined) return Object.assign(request, { payload });
    throw invalidPayload([{ path: '/bodyBase64', message: 'must not come together with payload: send one' }]);
  }
}
