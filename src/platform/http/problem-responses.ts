import { getSchemaPath } from '@nestjs/swagger';
import { ProblemDto } from './problem.dto';
import { type ProblemCode, PROBLEMS, problemType } from './problem-codes';

const EXAMPLE_TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

function example(code: ProblemCode) {
  const { status, title } = PROBLEMS[code];
  const value = { type: problemType(code), title, status, detail: title, code, traceId: EXAMPLE_TRACE };
  return { summary: title, value };
}

function responseTo(codes: readonly ProblemCode[]) {
  return {
    description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join('; '),
    content: {
      'application/problem+json': {
        schema: { $ref: getSchemaPath(ProblemDto) },
        examples: Object.fromEntries(codes.map((code) => [code, example(code)])),
      },
    },
  };
}

/** OpenAPI responses by status, with an example of each code; codes of one status share a response. */
export function problemResponses(codes: readonly ProblemCode[]) {
  const statuses = [...new Set(codes.map((code) => PROBLEMS[code].status))];
  return Object.fromEntries(
    statuses.map((status) => [status, responseTo(codes.filter((code) => PROBLEMS[code].status === status))]),
  );
}
