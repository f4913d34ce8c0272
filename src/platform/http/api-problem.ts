import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse } from '@nestjs/swagger';
import { type ProblemCode } from './problem-codes';
import { problemResponses } from './problem-responses';
import { ProblemDto } from './problem.dto';

/** Documents refusals of a route, with an example of each. */
export function ApiProblem(...codes: ProblemCode[]): ClassDecorator & MethodDecorator {
  return applyDecorators(
    ApiExtraModels(ProblemDto),
    ...Object.entries(problemResponses(codes)).map(([status, response]) =>
      ApiResponse({ ...response, status: Number(status) }),
    ),
  );
}
