import type { CoreEvent, EventResource } from '../events.ts';
import type { Permission } from '../operation.ts';

/** What a session needs to hear of a resource. */
export const EVENT_PERMISSIONS: Readonly<Record<EventResource, Permission>> = {
  core: 'core.read',
  device: 'core.read',
  service: 'core.read',
  job: 'core.read',
  library: 'library.read',
  location: 'library.read',
  plan: 'library.read',
  entry: 'library.read',
  content: 'library.read',
  volume: 'library.read',
  sidecar: 'library.read',
  tag: 'library.read',
  metadata: 'library.read',
  collection: 'library.read',
  space: 'library.read',
  history: 'library.read',
};

export interface EventScope {
  readonly resources: ReadonlySet<EventResource>;
  /** Library id. */
  readonly library?: string;
  /** Native path. */
  readonly path?: string;
}

export function inScope(scope: EventScope, event: CoreEvent): boolean {
  if (!scope.resources.has(event.resource)) return false;
  if (scope.library !== undefined && event.library !== scope.library) return false;
  return scope.path === undefined || (event.path !== undefined && concerns(scope.path, event.path, event.change));
}

/** What happens inside concerns a folder, and what happens to a folder above it: it is moved or deleted with it. */
function concerns(scope: string, path: string, change: CoreEvent['change']): boolean {
  return isWithin(path, scope) || (change !== 'progress' && isWithin(scope, path));
}

function isWithin(path: string, folder: string): boolean {
  if (!path.startsWith(folder)) return false;
  return path.length === folder.length || folder.endsWith('/') || path[folder.length] === '/';
}
