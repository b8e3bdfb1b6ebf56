import type { PlanRequest } from './protocol.ts';

/** The addresses a request names, as they were given. Ids of what lies in the trash are among them. */
export function addressesOf(request: PlanRequest): readonly string[] {
  return [
    ...('sources' in request ? request.sources : []),
    ...('items' in request ? request.items : []),
    ...('source' in request ? [request.source] : []),
    ...('target' in request ? [request.target] : []),
    ...('to' in request && request.to !== undefined ? [request.to] : []),
  ];
}
