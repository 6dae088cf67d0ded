/** Why an API call failed, as RFC 9457 has it (application/problem+json). */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
}

const titles: Record<number, string> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Unusable content',
  429: 'Too many requests',
  500: 'Server error',
};

/** Every API error has this shape. `code` is lasting and for programs, `detail` tells a person what to do. */
export function problem(status: number, code: string, detail: string): Problem {
  return { type: `/problems/${code}`, title: titles[status] ?? 'Problem', status, detail };
}
