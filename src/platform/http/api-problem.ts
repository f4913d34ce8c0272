import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ProblemDto } from './problem.dto';
import { type ProblemCode, PROBLEMS, problemType } from './problem-codes';

const EXAMPLE_TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

function example(code: ProblemCode): { summary: string; value: Record<string, unknown> } {
  const { status, title } = PROBLEMS[code];
  const value = { type: problemType(code), title, status, detail: title, code, traceId: EXAMPLE_TRACE };
  return { summary: title, value };
}

/** Documents refusals of a route, with an example of each; codes of one status share a response. */
export function ApiProblem(...codes: ProblemCode[]): ClassDecorator & MethodDecorator {
  const statuses = [...new Set(codes.map((code) => PROBLEMS[code].status))];
  return applyDecorators(
    ApiExtraModels(ProblemDto),
    ...statuses.map((status) => {
      const same = codes.filter((code) => PROBLEMS[code].status === status);
      return ApiResponse({
        status,
        description: same.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join('; '),
        content: {
          'application/problem+json': {
            schema: { $ref: getSchemaPath(ProblemDto) },
            examples: Object.fromEntries(same.map((code) => [code, example(code)])),
          },
        },
      });
    }),
  );
}
